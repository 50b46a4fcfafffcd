// What a probe is asked and what it answers, as the HTTP interface has it.
import { z } from '@hono/zod-openapi';
import { PROBE_CLIENTS } from '../probe/probe.ts';

const MAX_MESSAGES = 20;
/** Characters of one message, before `repeat`. */
const MAX_MESSAGE_CHARS = 4_096;
const MAX_REPEAT = 4_096;
const MAX_HEADERS = 30;

const token = z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/, 'must be a token (RFC 9110 §5.6.2)');
const fieldValue = z
  .string()
  .max(4_096)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'has characters that a head cannot carry');

const message = z.union([
  z.strictObject({
    text: z.string().max(MAX_MESSAGE_CHARS),
    repeat: z
      .number()
      .int()
      .min(1)
      .max(MAX_REPEAT)
      .default(1)
      .openapi({ description: 'How often the text stands in the message.' }),
  }),
  z.strictObject({
    hex: z
      .string()
      .max(MAX_MESSAGE_CHARS)
      .regex(/^(?:[0-9a-f]{2})*$/i, 'must be pairs of hexadecimal digits'),
  }),
]);

export const probeRequestSchema = z
  .strictObject({
    client: z.enum(PROBE_CLIENTS).openapi({
      description:
        'wscat: Node’s ws. websocat: checks what websocat checks. curl: a plain request. curl-http2: the same over HTTP/2.',
    }),
    path: z
      .string()
      .max(2_048)
      .regex(/^\/[!-~]*$/, 'starts with / and has no spaces')
      .openapi({
        description: 'Base path, path and query, as they follow the catalog.',
        example: '/websocket-upgrade',
      }),
    method: z
      .enum(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'])
      .default('GET')
      .openapi({ description: 'For curl.' }),
    headers: z
      .record(token, fieldValue)
      .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, `has more than ${MAX_HEADERS} headers`)
      .default({}),
    protocols: z.array(token).max(10).default([]).openapi({ description: 'Subprotocols to offer.' }),
    messages: z.array(message).max(MAX_MESSAGES).default([]),
    pingMs: z
      .number()
      .int()
      .min(50)
      .max(5_000)
      .nullable()
      .default(null)
      .openapi({ description: 'Milliseconds between pings.' }),
    stayMs: z
      .number()
      .int()
      .min(0)
      .max(5_000)
      .default(0)
      .openapi({ description: 'Milliseconds to stay after the last message.' }),
  })
  .openapi('ProbeRequest');

export const probeResultSchema = z
  .object({
    opened: z.boolean().openapi({ description: 'Whether the client took the connection for a WebSocket.' }),
    status: z.number().int().nullable(),
    connection: z.string().nullable().openapi({ description: 'The transaction id, which its events carry.' }),
    lines: z.array(z.string()).openapi({ description: 'What such a client prints.' }),
  })
  .openapi('ProbeResult');
