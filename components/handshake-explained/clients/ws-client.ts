// What Node's `ws` does as a client, in its order and its words.

import { isWindow, parseExtensions } from './extension-list.ts';
import { joined, type NodeHead, readAsNode } from './node-head.ts';
import { type Offer, unofferable } from './offer.ts';
import type { Finding } from './verdict.ts';
import { found } from './verdict.ts';

/** A finding; `null` where it opens; `waits` for a head that goes on. */
export function wsClient(offer: Offer, response: string): Finding | null | 'waits' {
  if (unofferable(offer))
    return found('request-subprotocols', 'SyntaxError: An invalid or duplicated subprotocol was specified');
  const head = finalHead(response);
  if (head === null) return 'waits';
  if (typeof head === 'string') return found('response-head', `Parse Error: ${head}`);
  if (head.status !== 101) return found('response-status', `Unexpected server response: ${head.status}`);
  if (!head.upgrade) {
    const names = joined(head.headers, 'Upgrade') ?? '';
    return found(
      names === '' ? 'response-upgrade' : 'response-connection',
      'Unexpected server response: 101',
    );
  }
  return checks(offer, head);
}

/** The first head that is not interim: such a one announces another that is still to come (RFC 9110 §15.2). */
function finalHead(response: string): ReturnType<typeof readAsNode> {
  const head = readAsNode(response, 'response');
  if (head === null || typeof head === 'string') return head;
  const interim = head.status >= 100 && head.status < 200 && head.status !== 101;
  return interim ? finalHead(response.slice(head.end)) : head;
}

function checks(offer: Offer, { headers }: NodeHead): Finding | null {
  if (joined(headers, 'Upgrade')?.toLowerCase() !== 'websocket')
    return found('response-upgrade', 'Invalid Upgrade header');
  if (offer.accept === null || joined(headers, 'Sec-WebSocket-Accept') !== offer.accept)
    return found('response-accept', 'Invalid Sec-WebSocket-Accept header');
  return subprotocol(offer, headers) ?? extensions(offer, joined(headers, 'Sec-WebSocket-Extensions'));
}

function subprotocol({ protocols }: Offer, headers: NodeHead['headers']): Finding | null {
  const chosen = joined(headers, 'Sec-WebSocket-Protocol');
  if (chosen === undefined)
    return protocols.length > 0 ? found('subprotocol-answered', 'Server sent no subprotocol') : null;
  if (protocols.length === 0)
    return found('response-subprotocol', 'Server sent a subprotocol but none was requested');
  return protocols.includes(chosen)
    ? null
    : found('response-subprotocol', 'Server sent an invalid subprotocol');
}

function extensions({ deflate }: Offer, value: string | undefined): Finding | null {
  if (value === undefined) return null;
  if (!deflate)
    return found(
      'response-extensions',
      'Server sent a Sec-WebSocket-Extensions header but no extension was requested',
    );
  const list = parseExtensions(value);
  if (!list) return found('response-extensions', 'Invalid Sec-WebSocket-Extensions header');
  if (list.some(({ name }) => name !== 'permessage-deflate'))
    return found('response-extensions', 'Server indicated an extension that was not requested');
  const parameters = list.map((extension) => extension.parameters);
  return parameters.every(areDeflate)
    ? null
    : found('deflate-parameters', 'Invalid Sec-WebSocket-Extensions header');
}

/** Each parameter once, known, and with a value where it needs one. */
function areDeflate(parameters: readonly [string, string | true][]): boolean {
  const names = parameters.map(([name]) => name);
  return (
    new Set(names).size === names.length &&
    parameters.every(([name, value]) => {
      if (/^(?:client|server)_max_window_bits$/.test(name)) return isWindow(value);
      return /^(?:client|server)_no_context_takeover$/.test(name) && value === true;
    })
  );
}
