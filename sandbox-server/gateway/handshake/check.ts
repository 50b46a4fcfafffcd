// Holds a handshake, both heads, against RFC 6455.
import { asksForWebSocket, type RequestHead, requestRules } from './request-rules.ts';
import { claimsWebSocket, type ResponseHead, responseRules } from './response-rules.ts';
import type { HandshakeRule } from './rules.ts';

/**
 * Every rule of RFC 6455 §4.1 and §4.2.2 that applies to these two heads, passed or failed; empty where neither is an upgrade.
 * Takes nothing on trust: both heads are as they would be on the wire.
 */
export function checkHandshake(request: RequestHead, response: ResponseHead): HandshakeRule[] {
  if (!asksForWebSocket(request) && !claimsWebSocket(response)) return [];
  return [...requestRules(request), ...responseRules(request, response)];
}
