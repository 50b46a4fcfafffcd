// What a script answers to a request that is no upgrade, read as Node's `http` reads it.
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';
import { ADDED_HEADERS_BYTES } from '../limits.ts';
import type { Action } from '../messages.ts';

/** The number of the callback by which the guest is told that an answer is written: there is one a client. */
export const RESPONDED = 1;

const status = z.number().int().min(100).max(999);
const answer = z.tuple([
  status,
  z.string().nullable(),
  z.array(z.tuple([z.string(), z.string()])),
  z.string(),
]);

/** `given` is status, reason, pairs of header name and value, and the body as Latin-1 characters. */
export function readAnswer(client: number, given: unknown[]): Extract<Action, { do: 'respond' }> {
  const [code, reason, headers, body] = answer.parse(given);
  if (code < 200)
    throw new GuestError('RangeError', `writeHead: ${code} is no answer to a request; expected 200 or more`);
  if (JSON.stringify([reason, headers]).length > ADDED_HEADERS_BYTES)
    throw new GuestError('RangeError', `a head of more than ${ADDED_HEADERS_BYTES} characters`);
  if (reason !== null) asNode(() => validateHeaderValue('statusMessage', reason));
  checkHeaders(headers);
  return {
    do: 'respond',
    client,
    status: code,
    reason,
    headers,
    data: Uint8Array.from(Buffer.from(body, 'latin1')),
  };
}

/** Throws, in the guest, where one is none that HTTP could carry. */
export function checkHeaders(headers: readonly (readonly [name: string, value: string])[]): void {
  asNode(() => {
    for (const [name, value] of headers) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
  });
}

/** What Node throws is the script's. */
function asNode(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new GuestError('TypeError', error instanceof Error ? error.message : String(error));
  }
}
