// What the server answers to a check, parsed at the border.
import { z } from 'zod/mini';

export const verdictAnswer = z.object({
  passed: z.boolean(),
  tries: z.array(
    z.object({
      title: z.string(),
      passed: z.boolean(),
      sent: z.nullable(z.string()),
      expected: z.string(),
      received: z.string(),
    }),
  ),
  hint: z.nullable(z.string()),
  diagnostics: z.array(
    z.object({
      file: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      rule: z.string(),
      message: z.string(),
      line: z.number(),
      column: z.number(),
    }),
  ),
  key: z.nullable(z.string()),
});

export type Verdict = z.infer<typeof verdictAnswer>;
