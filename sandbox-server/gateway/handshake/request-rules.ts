// What RFC 6455 §4.1 demands of a client's handshake, rule by rule.
import type { Header } from '../../gatewayscript/types.ts';
import { hasToken, headerTokens, headerValues, isHost, isToken } from './headers.ts';
import { isKey } from './key.ts';
import { type HandshakeRule, judged, named } from './rules.ts';

/** The head of a request. `httpVersion` is `1.1` where it is not said. */
export interface RequestHead {
  method: string;
  path: string;
  httpVersion?: string;
  headers: readonly Header[];
}

const SECTION = '4.1';

/** Whether a request asks for the WebSocket protocol, well-formed or not. */
export function asksForWebSocket(request: Pick<RequestHead, 'headers'>): boolean {
  return (
    hasToken(request.headers, 'Upgrade', 'websocket') ||
    headerValues(request.headers, 'Sec-WebSocket-Key').length > 0
  );
}

/** Every rule, passed or failed, in the order in which the RFC has them. */
export function requestRules(request: RequestHead): HandshakeRule[] {
  return [method, httpVersion, host, upgrade, connection, key, version, subprotocols].map((rule) =>
    rule(request),
  );
}

function method({ method }: RequestHead): HandshakeRule {
  return judged('request-method', SECTION, method === 'GET', `The method is ${method}`, 'GET');
}

function httpVersion({ httpVersion = '1.1' }: RequestHead): HandshakeRule {
  const [major = 0, minor = 0] = httpVersion.split('.').map(Number);
  // HTTP/2 has a handshake of its own (RFC 8441); this one is of HTTP/1.1.
  const passed = major === 1 && minor >= 1;
  return judged('request-http-version', SECTION, passed, `The version is HTTP/${httpVersion}`, 'HTTP/1.1');
}

function host({ headers }: RequestHead): HandshakeRule {
  const found = headerValues(headers, 'Host');
  return judged(
    'request-host',
    SECTION,
    found.length === 1 && isHost(found[0] ?? ''),
    named('Host', found),
    'exactly one host',
  );
}

function upgrade({ headers }: RequestHead): HandshakeRule {
  const found = headerValues(headers, 'Upgrade');
  return judged(
    'request-upgrade',
    SECTION,
    hasToken(headers, 'Upgrade', 'websocket'),
    named('Upgrade', found),
    'websocket',
  );
}

function connection({ headers }: RequestHead): HandshakeRule {
  const found = headerValues(headers, 'Connection');
  const passed = hasToken(headers, 'Connection', 'upgrade');
  return judged(
    'request-connection',
    SECTION,
    passed,
    named('Connection', found),
    'a list that holds the token Upgrade',
  );
}

function key({ headers }: RequestHead): HandshakeRule {
  const found = headerValues(headers, 'Sec-WebSocket-Key');
  const passed = found.length === 1 && isKey(found[0] ?? '');
  return judged(
    'request-key',
    SECTION,
    passed,
    named('Sec-WebSocket-Key', found),
    'one value, the base64 of 16 bytes',
  );
}

function version({ headers }: RequestHead): HandshakeRule {
  const found = headerValues(headers, 'Sec-WebSocket-Version');
  const passed = found.length === 1 && found[0] === '13';
  return judged('request-version', SECTION, passed, named('Sec-WebSocket-Version', found), '13');
}

function subprotocols({ headers }: RequestHead): HandshakeRule {
  const found = headerTokens(headers, 'Sec-WebSocket-Protocol');
  const passed = found.every(isToken) && new Set(found).size === found.length;
  return judged(
    'request-subprotocols',
    SECTION,
    passed,
    named('Sec-WebSocket-Protocol', found),
    'tokens, each only once',
  );
}
