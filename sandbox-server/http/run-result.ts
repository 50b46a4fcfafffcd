// The shape of a run's answer, as the page reads it and `GET /openapi.json` describes it.
import { z } from '@hono/zod-openapi';
import { CONSOLE_LEVELS } from '../gatewayscript/types.ts';
import { jsonValueSchema } from './json-value.ts';

const line = z.number().int().nullable().openapi({ description: 'From 1; null where not known.' });

export const handshakeRuleSchema = z
  .object({ rule: z.string(), section: z.string(), passed: z.boolean(), message: z.string() })
  .openapi('HandshakeRule', { description: 'A rule of RFC 6455, and whether this handshake keeps it.' });

export const runResultSchema = z
  .object({
    outcome: z.enum(['completed', 'rejected', 'threw', 'syntax-error', 'interrupted', 'out-of-memory']),
    response: z
      .object({
        status: z.number().int(),
        reason: z.string(),
        headers: z.array(z.tuple([z.string(), z.string()])),
        body: z.string(),
      })
      .openapi({ description: 'What the gateway would send.' }),
    console: z.array(
      z.object({
        level: z.enum(CONSOLE_LEVELS),
        text: z.string(),
        line,
      }),
    ),
    log: z.array(z.string()).openapi({
      description: 'The console’s entries as DataPower would log them, one line an entry.',
    }),
    truncated: z.boolean().openapi({ description: 'Whether console or trace were cut.' }),
    trace: z.array(
      z.object({
        operation: z.enum(['get', 'set', 'clear']),
        name: z.string(),
        value: jsonValueSchema,
        line,
      }),
    ),
    error: z
      .object({ name: z.string(), message: z.string(), line, column: line })
      .nullable()
      .openapi({ description: 'As the gateway’s log would tell it.' }),
    handshake: z.array(handshakeRuleSchema),
    durationMs: z.number(),
  })
  .openapi('RunResult');
