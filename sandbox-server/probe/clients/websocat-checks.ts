// What `websocat` checks in an answer to its handshake, and its lines for each. Needs no Node, so that a page can show it.
import { acceptValue } from '../../gateway/handshake/accept.ts';
import { headerTokens, headerValue, headerValues } from '../../gateway/handshake/headers.ts';
import type { ResponseHead } from '../../gateway/handshake/response-rules.ts';

/** What it logs with `-v` before the handshake, and after one that went well. */
export const WEBSOCAT_CONNECTED = [
  '[INFO  websocat::ws_client_peer] get_ws_client_peer',
  '[INFO  websocat::ws_client_peer] Connected to ws',
] as const;

/** `rule` is that of gateway/handshake/response-rules.ts by which it refuses; `text` what it says behind `WebSocketError: `. */
export interface WebsocatFault {
  rule: 'response-status' | 'response-accept' | 'response-upgrade';
  text: string;
}

/**
 * `null` where it is content. It looks at status, accept value and `Upgrade`, in this order; `Connection` it checks in its own request,
 * and subprotocols and extensions not at all (read in the source of its library, rust-websocket).
 * @param reason of the status in the standard, which it prints in place of the one that was sent
 */
export function websocatFault(
  { status, headers }: ResponseHead,
  key: string,
  reason = '<unknown status code>',
): WebsocatFault | null {
  if (status !== 101)
    return { rule: 'response-status', text: statusFault(`${status} ${reason}`, status, headers) };
  const accepts = headerValues(headers, 'Sec-WebSocket-Accept');
  if (accepts.length !== 1 || accepts[0] !== acceptValue(key))
    return { rule: 'response-accept', text: 'WebSocket response error: Sec-WebSocket-Accept is invalid' };
  // Exactly one protocol, in any case.
  const upgrades = headerTokens(headers, 'Upgrade');
  if (upgrades.length !== 1 || upgrades[0]?.toLowerCase() !== 'websocket')
    return { rule: 'response-upgrade', text: 'WebSocket response error: Upgrade field must be WebSocket' };
  return null;
}

/** Newer versions print their `WebSocketError: ` twice for a status, as here. */
function statusFault(told: string, status: number, headers: ResponseHead['headers']): string {
  const location = headerValue(headers, 'Location');
  return status >= 300 && status < 400 && location !== undefined
    ? `WebSocketError: Redirected (${told}) to ${location}`
    : `WebSocketError: Received unexpected status code (${told})`;
}

/** Its lines for a fault. */
export function websocatSays({ text }: WebsocatFault): readonly string[] {
  return [`websocat: WebSocketError: ${text}`, 'websocat: error running'];
}
