// The gateway's events as the page takes them, parsed at the border. One that is of no known type is passed over.
import { z } from 'zod/mini';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { handshakeRule } from '../lab-server/answers.ts';

const text = z.string();
const number = z.number();
const headers = z.array(z.readonly(z.tuple([z.string(), z.string()])));
const any = { id: number, at: text, connection: z.nullable(text) };
const policy = { policy: text, title: text, index: number };
const line = z.nullable(number);
const levels = [
  'debug',
  'trace',
  'info',
  'log',
  'notice',
  'warn',
  'error',
  'critical',
  'alert',
  'emerg',
] as const;
const directions = [
  'client-to-gateway',
  'gateway-to-client',
  'gateway-to-target',
  'target-to-gateway',
] as const;

/** One event; the page takes it from the events socket, and from a saved file. */
export const gatewayEvent = z.discriminatedUnion('type', [
  z.object({ ...any, type: z.literal('api-deployed'), api: text, version: text, endpoints: z.array(text) }),
  z.object({ ...any, type: z.literal('api-removed'), api: text }),
  z.object({ ...any, type: z.literal('settings-changed'), switches: z.array(text) }),
  z.object({
    ...any,
    type: z.literal('product-deployed'),
    product: text,
    version: text,
    plans: z.array(text),
  }),
  z.object({ ...any, type: z.literal('product-removed'), product: text }),
  z.object({
    ...any,
    type: z.literal('request-received'),
    listener: z.enum(['tls', 'site']),
    method: text,
    path: text,
    httpVersion: z.optional(text),
    headers,
    remote: text,
  }),
  z.object({ ...any, type: z.literal('api-matched'), api: text, version: text, operation: text }),
  z.object({
    ...any,
    type: z.literal('security-checked'),
    passed: z.boolean(),
    scheme: text,
    application: z.nullable(text),
    plan: z.nullable(text),
    message: z.nullable(text),
  }),
  z.object({ ...any, type: z.literal('policy-started'), ...policy }),
  z.object({
    ...any,
    type: z.literal('policy-ended'),
    ...policy,
    outcome: z.enum(['completed', 'stopped', 'failed']),
    message: z.nullable(text),
    durationMs: number,
    context: z.nullish(
      z.object({
        changes: z.array(z.object({ name: text, before: z.nullable(text), after: z.nullable(text) })),
        more: number,
        whole: z.boolean(),
      }),
    ),
  }),
  z.object({
    ...any,
    type: z.literal('console'),
    index: number,
    level: z.enum(levels),
    text,
    line,
    logLine: text,
  }),
  z.object({
    ...any,
    type: z.literal('target-request'),
    url: text,
    method: text,
    headers,
    leftOut: z.optional(z.array(z.object({ name: text, rule: z.enum(['header-control', 'messages-read']) }))),
  }),
  z.object({ ...any, type: z.literal('target-response'), status: number, reason: text, headers }),
  z.object({
    ...any,
    type: z.literal('response-sent'),
    status: number,
    reason: text,
    headers,
    body: text,
    rules: z.array(handshakeRule),
    from: z.optional(z.enum(['target', 'message'])),
  }),
  z.object({
    ...any,
    type: z.literal('tunnel-opened'),
    relay: z.enum(['bytes', 'messages', 'nobody']),
    compression: z.boolean(),
  }),
  z.object({
    ...any,
    type: z.literal('frame'),
    direction: z.enum(directions),
    fin: z.boolean(),
    rsv: number,
    opcode: number,
    masked: z.boolean(),
    length: number,
    payload: text,
    payloadTruncated: z.boolean(),
    closeCode: z.nullable(number),
    clockMs: z.optional(number),
    hopMs: z.optional(z.nullable(number)),
  }),
  z.object({ ...any, type: z.literal('frames-unwatched'), reason: text }),
  z.object({
    ...any,
    type: z.literal('connection-closed'),
    by: z.enum(['client', 'target', 'gateway']),
    how: z.enum(['close-frame', 'end', 'reset', 'idle', 'shutdown']),
    closeCode: z.nullable(number),
    closeReason: z.nullable(text),
    bytesFromClient: number,
    bytesToClient: number,
  }),
  z.object({
    ...any,
    type: z.literal('gateway-log'),
    level: z.enum(['error', 'warn', 'notice', 'info']),
    code: z.nullable(text),
    text,
  }),
  z.object({
    ...any,
    type: z.literal('server-console'),
    port: number,
    level: z.enum(['log', 'error']),
    text,
  }),
  z.object({ ...any, type: z.literal('server-started'), port: number }),
  z.object({ ...any, type: z.literal('server-stopped'), port: number, reason: text }),
  z.object({ ...any, type: z.literal('server-crashed'), port: number, message: text, line, column: line }),
]);

/** The event of one message of the events socket; `null` for one that this page does not know. */
export function parseEvent(json: string): GatewayEvent | null {
  try {
    const parsed = gatewayEvent.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
