// The gateway's default error body, and the whole response around it.
import { STATUS_CODES } from 'node:http';
import type { Header, Message, ScriptError } from '../../gatewayscript/types.ts';
import { isFieldValue } from './headers.ts';
import type { ResponseHead } from './response-rules.ts';
import { TRANSACTION_ID } from './transaction-id.ts';

/** What goes to the client: a head, and the body as bytes. */
export interface GatewayResponse extends ResponseHead {
  body: Uint8Array;
}

export interface ErrorParts {
  status: number;
  /** `httpMessage` and reason phrase; the status's own where it is not given. */
  reason?: string;
  moreInformation: string;
  headers?: readonly Header[];
  transactionId?: string | undefined;
}

/** `{"httpCode":"…","httpMessage":"…","moreInformation":"…"}`; `httpCode` is a string, as on the real gateway. */
export function errorResponse(parts: ErrorParts): GatewayResponse {
  const reason = parts.reason || (STATUS_CODES[parts.status] ?? 'Error');
  const text = JSON.stringify({
    httpCode: String(parts.status),
    httpMessage: reason,
    moreInformation: parts.moreInformation,
  });
  const body = Buffer.from(text, 'utf8');
  const headers: Header[] = [
    ...(parts.headers ?? []),
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
  ];
  if (parts.transactionId !== undefined) headers.push([TRANSACTION_ID, parts.transactionId]);
  // A reason that cannot stand in a head stays in the body; the head then has the status's own.
  return {
    status: parts.status,
    reason: isFieldValue(reason) ? reason : (STATUS_CODES[parts.status] ?? ''),
    headers,
    body,
  };
}

/** The client never sees what a script threw; the learner sees it in the sandbox's log. */
export function threwResponse(transactionId?: string): GatewayResponse {
  return errorResponse({ status: 500, moreInformation: '', transactionId });
}

/** Headers that describe a body, and so go with the body that an error replaces. */
const OF_THE_BODY = new Set(['content-type', 'content-length', 'content-encoding', 'transfer-encoding']);

/**
 * `context.reject(name, message)`: the status that the script set afterwards (500 where it set none that is an error),
 * its reason as `httpMessage`, the rejection's message as `moreInformation`.
 * The headers that the script set go along (lab's choice), so that a 401 can carry `WWW-Authenticate`.
 */
export function rejectedResponse(
  message: Message,
  error: ScriptError | null,
  transactionId?: string,
): GatewayResponse {
  const set = message.status;
  const status = set && set.code >= 300 && set.code <= 599 ? set : null;
  const headers = message.headers
    .filter(({ name, origin }) => origin === 'policy' && !OF_THE_BODY.has(name.toLowerCase()))
    .map(({ name, value }): Header => [name, value]);
  return errorResponse({
    status: status?.code ?? 500,
    ...(status?.reason ? { reason: status.reason } : {}),
    moreInformation: error?.message ?? '',
    headers,
    transactionId,
  });
}
