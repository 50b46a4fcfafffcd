// What `websocat` checks in an answer to its handshake, and its lines for each. Needs no Node, so that a page can show it.
import { acceptValue } from '../../gateway/handshake/accept.ts';
import { headerTokens, headerValues } from '../../gateway/handshake/headers.ts';
import type { ResponseHead } from '../../gateway/handshake/response-rules.ts';

/** What it logs with `-v` before the handshake, and after one that went well. */
export const WEBSOCAT_CONNECTED = [
  '[INFO  websocat::ws_client_peer] get_ws_client_peer',
  '[INFO  websocat::ws_client_peer] Connected to ws',
] as const;

/** `rule` is that of gateway/handshake/response-rules.ts by which it refuses. */
export interface WebsocatFault {
  rule: 'response-status' | 'response-accept' | 'response-upgrade';
  lines: readonly string[];
}

/**
 * `null` where it is content. It looks at status, accept value and `Upgrade`, in this order; `Connection` it checks in its own request,
 * and subprotocols and extensions not at all (read in the source of its library, rust-websocket).
 */
export function websocatFault({ status, reason, headers }: ResponseHead, key: string): WebsocatFault | null {
  if (status !== 101)
    return fault('response-status', `WebSocketError: Received unexpected status code (${status} ${reason})`);
  const accepts = headerValues(headers, 'Sec-WebSocket-Accept');
  if (accepts.length !== 1 || accepts[0] !== acceptValue(key))
    return fault('response-accept', 'WebSocket response error: Sec-WebSocket-Accept is invalid');
  const upgrades = headerTokens(headers, 'Upgrade');
  if (upgrades.length !== 1 || upgrades[0]?.toLowerCase() !== 'websocket')
    return fault('response-upgrade', 'WebSocket response error: Upgrade field must be WebSocket');
  return null;
}

function fault(rule: WebsocatFault['rule'], text: string): WebsocatFault {
  return { rule, lines: [`websocat: WebSocketError: ${text}`, 'websocat: error running'] };
}
