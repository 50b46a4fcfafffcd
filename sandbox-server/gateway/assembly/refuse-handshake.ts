// What the gateway itself refuses before it asks a target: a handshake that breaks RFC 6455 §4.2.1.
import type { Header } from '../../gatewayscript/types.ts';
import { errorResponse } from '../handshake/error-response.ts';
import { requestRules } from '../handshake/request-rules.ts';
import { UPGRADE_EVENTS } from '../handshake/upgrade-events.ts';
import type { PolicyEnd, Transaction } from './policy.ts';

/** Event code and sentence where the product's are known. */
const EVENTS: Record<string, readonly [code: string, text: string]> = {
  'request-method': UPGRADE_EVENTS.get,
  'request-http-version': UPGRADE_EVENTS.http11,
};

/**
 * The answer to a broken handshake, or `null` for a good one and for a plain GET, which goes to the target as it is.
 * Which status the product gives is not published. Lab's choice is the RFC's: 400, and for another version 426 that names
 * the one to use (§4.2.2, §4.4).
 */
export function refuseHandshake(transaction: Transaction): PolicyEnd | null {
  const { method } = transaction.request;
  if (!transaction.upgradable && method === 'GET') return null;
  const { path, headers } = transaction.request;
  const rules = requestRules({ method, path, headers, httpVersion: transaction.httpVersion });
  const broken = rules.find(({ passed }) => !passed);
  if (!broken) return null;

  const [code, text] = EVENTS[broken.rule] ?? [null, broken.message];
  transaction.emit({ type: 'gateway-log', level: 'error', code, text });
  const otherVersion = broken.rule === 'request-version';
  const version: Header[] = otherVersion ? [['Sec-WebSocket-Version', '13']] : [];
  const response = errorResponse({
    status: otherVersion ? 426 : 400,
    moreInformation: text,
    headers: version,
    transactionId: transaction.id,
  });
  return { kind: 'answer', response, message: text };
}
