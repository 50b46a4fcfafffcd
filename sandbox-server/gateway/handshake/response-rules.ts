// What RFC 6455 §4.2.2 demands of a server's answer; a client that finds one miss must fail the connection (§4.1).
import type { Header } from '../../gatewayscript/types.ts';
import { acceptValue } from './accept.ts';
import { hasToken, headerTokens, headerValues } from './headers.ts';
import type { RequestHead } from './request-rules.ts';
import { type HandshakeRule, judged, named } from './rules.ts';

/** The head of a response. */
export interface ResponseHead {
  status: number;
  reason: string;
  headers: readonly Header[];
  /** Whose head it is at bottom: a target's that goes on, the message's, or the gateway's own where it is not given. */
  from?: 'target' | 'message';
}

const SECTION = '4.2.2';

/** Whether a response says that it switches to the WebSocket protocol, well-formed or not. */
export function claimsWebSocket(response: ResponseHead): boolean {
  return response.status === 101 || headerValues(response.headers, 'Sec-WebSocket-Accept').length > 0;
}

/**
 * Every rule, passed or failed. For an answer that is no 101 the rest says nothing: then only the status is told,
 * and for a refused version whether the answer names the one that the server speaks (§4.4).
 */
export function responseRules(request: RequestHead, response: ResponseHead): HandshakeRule[] {
  if (response.status !== 101) return [status(response), ...versionOffer(request, response)];
  return [
    status(response),
    upgrade(response),
    connection(response),
    accept(request, response),
    subprotocol(request, response),
    extensions(request, response),
  ];
}

function status({ status, reason }: ResponseHead): HandshakeRule {
  return judged(
    'response-status',
    SECTION,
    status === 101,
    `The status is ${status} ${reason}`.trimEnd(),
    '101 Switching Protocols',
  );
}

function upgrade({ headers }: ResponseHead): HandshakeRule {
  const found = headerValues(headers, 'Upgrade');
  const passed = found.length === 1 && found[0]?.toLowerCase() === 'websocket';
  return judged('response-upgrade', SECTION, passed, named('Upgrade', found), 'websocket');
}

function connection({ headers }: ResponseHead): HandshakeRule {
  const found = headerValues(headers, 'Connection');
  return judged(
    'response-connection',
    SECTION,
    hasToken(headers, 'Connection', 'upgrade'),
    named('Connection', found),
    'Upgrade',
  );
}

function accept(request: RequestHead, { headers }: ResponseHead): HandshakeRule {
  const found = headerValues(headers, 'Sec-WebSocket-Accept');
  const key = headerValues(request.headers, 'Sec-WebSocket-Key')[0];
  if (key === undefined) {
    const sentence = `${named('Sec-WebSocket-Accept', found)}, but the request has no Sec-WebSocket-Key`;
    return judged('response-accept', SECTION, false, sentence, 'no 101 without a key');
  }
  const expected = acceptValue(key);
  const passed = found.length === 1 && found[0] === expected;
  return judged(
    'response-accept',
    SECTION,
    passed,
    named('Sec-WebSocket-Accept', found),
    `${expected} for the key ${key}`,
  );
}

function subprotocol(request: RequestHead, { headers }: ResponseHead): HandshakeRule {
  const found = headerValues(headers, 'Sec-WebSocket-Protocol');
  const offered = headerTokens(request.headers, 'Sec-WebSocket-Protocol');
  const passed = found.length === 0 || (found.length === 1 && offered.includes(found[0] ?? ''));
  return judged(
    'response-subprotocol',
    SECTION,
    passed,
    named('Sec-WebSocket-Protocol', found),
    oneOf(offered),
  );
}

function extensions(request: RequestHead, { headers }: ResponseHead): HandshakeRule {
  const found = headerTokens(headers, 'Sec-WebSocket-Extensions');
  const offered = headerTokens(request.headers, 'Sec-WebSocket-Extensions').map(extensionName);
  const passed = found.every((extension) => offered.includes(extensionName(extension)));
  return judged(
    'response-extensions',
    SECTION,
    passed,
    named('Sec-WebSocket-Extensions', found),
    oneOf(offered),
  );
}

function versionOffer(request: RequestHead, { headers }: ResponseHead): HandshakeRule[] {
  const asked = headerValues(request.headers, 'Sec-WebSocket-Version');
  if (asked.length === 0 || asked.includes('13')) return [];
  const found = headerTokens(headers, 'Sec-WebSocket-Version');
  return [
    judged('response-version', '4.4', found.includes('13'), named('Sec-WebSocket-Version', found), '13'),
  ];
}

/** `permessage-deflate; client_max_window_bits` is the extension `permessage-deflate` (§9.1). */
function extensionName(extension: string): string {
  return (extension.split(';')[0] ?? '').trim().toLowerCase();
}

function oneOf(offered: readonly string[]): string {
  return offered.length === 0
    ? 'none, since the client offered none'
    : `one of those offered: ${offered.join(', ')}`;
}
