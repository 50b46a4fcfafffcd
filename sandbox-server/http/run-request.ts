// What a reader may ask of a run, and how it becomes the HTTP request that the script sees.
import { randomBytes } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import type { HttpRequest, Message } from '../gatewayscript/types.ts';
import { headerPairs, headersSchema, token } from './given-headers.ts';
import { jsonValueSchema } from './json-value.ts';
import { Problem } from './problem.ts';
import { givenTargetsSchema } from './run-targets.ts';
import { givenVariablesSchema } from './run-variables.ts';

export const runRequestSchema = z
  .strictObject({
    script: z.string().openapi({ description: 'GatewayScript, at most 64 kB as UTF-8.' }),
    request: z
      .strictObject({
        method: z.string().regex(token, 'not an HTTP method').max(32).default('GET'),
        path: z
          .string()
          .regex(/^\/[!-~\u0080-\uffff]*$/, 'must start with / and hold no space or line break')
          .max(8_192)
          .default('/demo/sandbox/websocket-test'),
        headers: headersSchema,
        body: z.string().default('').openapi({ description: 'Text; sent as UTF-8.' }),
        parsed: z.boolean().default(false).openapi({
          description:
            'Whether `message.body` is a tree, as after the policy `parse`; the body must then be JSON.',
        }),
      })
      .optional()
      .openapi({
        description:
          'The request as the script sees it, with exactly these headers; without it a WebSocket handshake with a fresh key.',
      }),
    properties: z
      .record(z.string(), jsonValueSchema)
      .default({})
      .openapi({ description: 'The API properties: name to value.', example: { greeting: 'hello' } }),
    variables: givenVariablesSchema,
    urlopen: givenTargetsSchema,
  })
  .openapi('RunRequest');

export type RunRequest = z.output<typeof runRequestSchema>;

/** A WebSocket handshake as a browser's would be, without what only browsers add; the key is fresh (RFC 6455 §4.1). */
function freshHandshake(): HttpRequest {
  return {
    method: 'GET',
    path: '/demo/sandbox/websocket-test',
    headers: [
      ['Host', 'localhost:9443'],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', randomBytes(16).toString('base64')],
    ],
    body: new Uint8Array(),
  };
}

/** The request of a run. Throws the 400 that names the header, where one cannot be sent. */
export function runRequest(asked: RunRequest['request']): HttpRequest {
  if (!asked) return freshHandshake();
  const { method, path, body } = asked;
  return { method, path, headers: headerPairs(asked.headers), body: Buffer.from(body, 'utf8') };
}

/** The message at the start of the assembly: the request's copy. Throws the 400 where a body that shall be parsed is no JSON. */
export function runMessage(request: HttpRequest, parsed: boolean): Message {
  return {
    status: null,
    headers: request.headers.map(([name, value]) => ({ name, value, origin: 'request' })),
    body: request.body,
    ...(parsed && { parsed: parsedBody(request.body) }),
    bodyOrigin: 'request',
  };
}

const treeSchema = z.union([z.record(z.string(), jsonValueSchema), z.array(jsonValueSchema)]);

function parsedBody(body: Uint8Array): NonNullable<Message['parsed']> {
  try {
    const tree = treeSchema.safeParse(JSON.parse(Buffer.from(body).toString('utf8')));
    if (tree.success) return tree.data;
  } catch {
    // Said below, as for JSON that is no tree.
  }
  const hint = 'Send an object or an array as JSON in request.body, or leave `parsed` out.';
  throw new Problem(
    400,
    'invalid-body',
    'request.body is to be parsed, and is no object or array in JSON.',
    hint,
  );
}
