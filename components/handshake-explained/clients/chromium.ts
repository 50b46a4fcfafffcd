// What Chromium does with a response, in its order and its words; they stand in the browser's console, and no page can read them.

import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';
import { readAsChromium, valuesOf } from './chromium-head.ts';
import { isWindow, parseExtensions } from './extension-list.ts';
import { type Offer, unofferable } from './offer.ts';
import { type Finding, found } from './verdict.ts';

/** A finding; `null` where it opens; `waits` for a head that goes on. */
export function chromium(offer: Offer, response: string): Finding | null | 'waits' {
  const never = unofferable(offer);
  if (never)
    return found(
      'request-subprotocols',
      `SyntaxError: Failed to construct 'WebSocket': The subprotocol '${never.protocol}' is ${never.why}.`,
    );
  const head = readAsChromium(response);
  if (head === null) return 'waits';
  if (head === 'invalid') return failed('response-head', 'net::ERR_INVALID_HTTP_RESPONSE');
  if (head.status === 401)
    return found('authentication', 'HTTP Authentication failed; no valid credentials available');
  if (head.status === 407)
    return found('response-status', 'Error in connection establishment: net::ERR_UNEXPECTED_PROXY_AUTH');
  if (head.status !== 101) return failed('response-status', `Unexpected response code: ${head.status}`);
  const { headers } = head;
  return (
    upgrade(headers) ??
    accept(offer, headers) ??
    connection(headers) ??
    subprotocol(offer, headers) ??
    extensions(offer, headers)
  );
}

function failed(rule: string, says: string): Finding {
  return found(rule, asShown(`Error during WebSocket handshake: ${says}`));
}

/** Its console takes a header's bytes as UTF-8; where they are none, it says nothing at all. */
function asShown(bytes: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true });
    return text.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return '';
  }
}

/** The one value of a header, or why it has none. */
function single(headers: readonly Header[], name: string, rule: string): string | Finding {
  const [value, ...more] = valuesOf(headers, name);
  if (value === undefined) return failed(rule, `'${name}' header is missing`);
  return more.length === 0
    ? value
    : failed(rule, `'${name}' header must not appear more than once in a response`);
}

function upgrade(headers: readonly Header[]): Finding | null {
  const rule = 'response-upgrade';
  const value = single(headers, 'Upgrade', rule);
  if (typeof value !== 'string') return value;
  return value.toLowerCase() === 'websocket'
    ? null
    : failed(rule, `'Upgrade' header value is not 'WebSocket': ${value}`);
}

function accept(offer: Offer, headers: readonly Header[]): Finding | null {
  const rule = 'response-accept';
  const value = single(headers, 'Sec-WebSocket-Accept', rule);
  if (typeof value !== 'string') return value;
  return value === offer.accept ? null : failed(rule, "Incorrect 'Sec-WebSocket-Accept' header value");
}

function connection(headers: readonly Header[]): Finding | null {
  const rule = 'response-connection';
  const values = valuesOf(headers, 'Connection');
  if (values.length === 0) return failed(rule, "'Connection' header is missing");
  return values.some((value) => value.toLowerCase() === 'upgrade')
    ? null
    : failed(rule, "'Connection' header value must contain 'Upgrade'");
}

function subprotocol({ protocols }: Offer, headers: readonly Header[]): Finding | null {
  const rule = 'response-subprotocol';
  const name = 'Sec-WebSocket-Protocol';
  const [value, ...more] = valuesOf(headers, name);
  if (value === undefined)
    return protocols.length > 0
      ? failed('subprotocol-answered', `Sent non-empty '${name}' header but no response was received`)
      : null;
  if (protocols.length === 0)
    return failed(rule, `Response must not include '${name}' header if not present in request: ${value}`);
  if (!protocols.includes(value))
    return failed(rule, `'${name}' header value '${value}' in response does not match any of sent values`);
  return more.length === 0
    ? null
    : failed(rule, `'${name}' header must not appear more than once in a response`);
}

function extensions({ deflate }: Offer, headers: readonly Header[]): Finding | null {
  const name = 'Sec-WebSocket-Extensions';
  const rule = 'response-extensions';
  let seen = false;
  for (const value of valuesOf(headers, name)) {
    const [extension] = parseExtensions(value, true) ?? [];
    if (!extension) return failed(rule, `'${name}' header value is rejected by the parser: ${value}`);
    if (extension.name !== 'permessage-deflate' || !deflate)
      return failed(rule, `Found an unsupported extension '${extension.name}' in '${name}' header`);
    if (seen) return failed(rule, 'Received duplicate permessage-deflate response');
    seen = true;
    const fault = deflateFault(extension.parameters);
    if (fault !== null) return failed('deflate-parameters', `Error in permessage-deflate: ${fault}`);
  }
  return null;
}

function deflateFault(parameters: readonly [string, string | true][]): string | null {
  const before = new Set<string>();
  for (const [name, value] of parameters) {
    if (!/^(?:client|server)_(?:max_window_bits|no_context_takeover)$/.test(name))
      return 'Received an unexpected permessage-deflate extension parameter';
    if (before.has(name)) return `Received duplicate permessage-deflate extension parameter ${name}`;
    before.add(name);
    if (name === 'client_max_window_bits' && value === true) return 'client_max_window_bits must have value';
    if (name.endsWith('bits') ? !isWindow(value) : value !== true)
      return `Received invalid ${name} parameter`;
  }
  return null;
}
