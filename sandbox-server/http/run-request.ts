// What a reader may ask of a run, and how it becomes the HTTP request that the script sees.
import { randomBytes } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import type { Header, HttpRequest } from '../gatewayscript/types.ts';
import { jsonValueSchema } from './json-value.ts';
import { Problem } from './problem.ts';

/** A token of RFC 9110 §5.6.2: what methods and header names are made of. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Field values (RFC 9110 §5.5): visible characters, spaces and tabs; never a line break or another control character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
const forbiddenInValue = /[\u0000-\u0008\u000a-\u001f\u007f]/;

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
        headers: z
          .record(
            z.string(),
            z.union([z.string(), z.array(z.string()).max(100)], 'must be text or a list of texts'),
          )
          .default({})
          .openapi({ description: 'Name to value, or to a list of values.' }),
        body: z.string().default('').openapi({ description: 'Text; sent as UTF-8.' }),
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

/** One header, checked; throws the 400 that names it. */
function header(name: string, value: string): Header {
  const shown = JSON.stringify(name);
  if (!token.test(name)) {
    const hint = 'Letters, digits and hyphens make a name; a line break or a space cannot be in it.';
    throw new Problem(400, 'invalid-header', `The header name ${shown} is not one.`, hint);
  }
  if (forbiddenInValue.test(value)) {
    const what = /[\r\n]/.test(value) ? 'a line break' : 'a control character';
    const hint = 'A header is one line: take the line break out, or make two headers.';
    throw new Problem(400, 'invalid-header', `The value of the header ${shown} holds ${what}.`, hint);
  }
  return [name, value];
}

/** The request of a run. Throws the 400 that names the header, where one cannot be sent. */
export function runRequest(asked: RunRequest['request']): HttpRequest {
  if (!asked) return freshHandshake();
  const { method, path, body } = asked;
  const headers = Object.entries(asked.headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => header(name, one)),
  );
  return { method, path, headers, body: Buffer.from(body, 'utf8') };
}
