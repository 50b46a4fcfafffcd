// What a check is asked and what it answers, as the HTTP interface has it.
import { z } from '@hono/zod-openapi';

/** Files that one checkpoint can ask for. */
const MAX_FILES = 4;

export const checkRequestSchema = z
  .strictObject({
    files: z
      .record(z.string().max(100), z.string())
      .refine((files) => Object.keys(files).length <= MAX_FILES, `has more than ${MAX_FILES} files`)
      .openapi({
        description: 'The reader’s texts by file name, as the checkpoint asks for them.',
        example: { 'handler.js': 'context.set("message.status.code", 400);' },
      }),
  })
  .openapi('CheckRequest');

const trySchema = z.object({
  title: z.string().openapi({ example: 'A handshake without Sec-WebSocket-Key is refused' }),
  passed: z.boolean(),
  sent: z.string().nullable(),
  expected: z.string(),
  received: z.string(),
});

export const verdictSchema = z
  .object({
    step: z.string(),
    passed: z.boolean(),
    tries: z.array(trySchema).openapi({
      description: 'What was tried, in order; it ends with the first that does not hold.',
    }),
    hint: z.string().nullable(),
    diagnostics: z.array(
      z.object({
        file: z.string(),
        severity: z.enum(['error', 'warning', 'info']),
        rule: z.string(),
        message: z.string(),
        line: z.number().int(),
        column: z.number().int(),
      }),
    ),
    key: z
      .string()
      .nullable()
      .openapi({ description: 'For a live checkpoint: the word that the reader’s client is to send.' }),
  })
  .openapi('Verdict');

export const checkpointListSchema = z
  .object({
    checkpoints: z.array(
      z.object({
        step: z.string(),
        kind: z
          .enum(['trial', 'live'])
          .openapi({ description: '`trial`: of files; `live`: of a sandbox and its clients.' }),
        files: z.array(z.string()),
      }),
    ),
  })
  .openapi('Checkpoints');

const stepParameter = z
  .string()
  .max(100)
  .openapi({ param: { name: 'step', in: 'path' }, example: 'refuse-without-key' });
export const stepParameters = z.object({ step: stepParameter });
