// What one client of a symptom saw, and what the gateway's log has of it; live, or as it was recorded.
import { z } from 'zod/mini';
import { client } from './scenario.ts';

const logLine = z.object({
  at: z.string(),
  who: z.enum(['client', 'gateway', 'target']),
  text: z.string(),
  tone: z.enum(['plain', 'bad']),
});

const evidence = z.object({ client, opened: z.boolean(), lines: z.array(z.string()), log: z.array(logLine) });

export type Evidence = z.infer<typeof evidence>;

/** `evidence.recorded.json` beside a symptom's page, printed by `npm run record`. */
export const recordedEvidence = z.object({ broken: z.array(evidence), mended: z.array(evidence) });
