// What of a target's head goes on to the client.
import type { Header } from '../../gatewayscript/types.ts';
import { acceptValue } from '../handshake/accept.ts';
import type { GatewayResponse } from '../handshake/error-response.ts';
import { NOT_TO_CLIENT } from '../handshake/header-rules.ts';
import { headerTokens } from '../handshake/headers.ts';
import type { ResponseHead } from '../handshake/response-rules.ts';
import { TRANSACTION_ID } from '../handshake/transaction-id.ts';

/** Of the connection to the target only (RFC 9110 §7.6.1), or written anew for the client's. */
const OF_THE_HOP = Object.keys(NOT_TO_CLIENT);

/** The client's own 101: its accept value is for its own key; subprotocol and extensions are the target's word. */
export function switchedHead(target: ResponseHead, clientKey: string, transactionId: string): ResponseHead {
  return {
    status: 101,
    reason: target.reason || 'Switching Protocols',
    from: 'target',
    headers: [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', acceptValue(clientKey)],
      ...endToEnd(target.headers),
      [TRANSACTION_ID, transactionId],
    ],
  };
}

/** Any other answer: status, reason and body as the target gave them (lab's choice: what the product does is not published). */
export function relayedResponse(
  target: ResponseHead,
  body: Uint8Array,
  transactionId: string,
): GatewayResponse {
  const length: Header[] =
    target.status === 204 || target.status === 304 ? [] : [['Content-Length', String(body.length)]];
  return {
    ...target,
    from: 'target',
    headers: [...endToEnd(target.headers), ...length, [TRANSACTION_ID, transactionId]],
    body,
  };
}

/** The headers that are meant for whoever asked, without those of this connection. */
export function endToEnd(headers: readonly Header[]): Header[] {
  const dropped = new Set([
    ...OF_THE_HOP,
    ...headerTokens(headers, 'Connection').map((name) => name.toLowerCase()),
  ]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}
