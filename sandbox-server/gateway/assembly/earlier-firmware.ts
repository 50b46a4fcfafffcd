// Faults of earlier firmware that a sandbox can switch on: what became of a handshake that the target had accepted.
import { STATUS_CODES } from 'node:http';
import { errorResponse, type GatewayResponse } from '../handshake/error-response.ts';
import { TRANSACTION_ID } from '../handshake/transaction-id.ts';
import type { PolicyEnd, Transaction } from './policy.ts';

/** How the handshake ends instead of with the target's 101, or `null`: the product's own sentences are not published. */
export function earlierFirmware(transaction: Transaction): PolicyEnd | null {
  const { settings } = transaction.organization;
  const status = transaction.message.status;
  if (settings.responseType === 'json') {
    const why =
      'The response type is JSON: the response rule reads the 101 as JSON and finds none (APAR IT27954).';
    transaction.emit({ type: 'gateway-log', level: 'error', code: null, text: why });
    const response = errorResponse({ status: 500, moreInformation: '', transactionId: transaction.id });
    return { kind: 'error', error: { name: 'RuntimeError', message: why }, response };
  }
  if (settings.beforeIT35242 && status !== null && status.code !== 101) {
    const why = `The target answered 101, but a policy has set the status ${status.code} by hand, and the client gets that (APAR IT35242).`;
    transaction.emit({ type: 'gateway-log', level: 'warn', code: null, text: why });
    return { kind: 'answer', response: statusOnly(status.code, status.reason, transaction.id), message: why };
  }
  return null;
}

function statusOnly(code: number, reason: string, transactionId: string): GatewayResponse {
  return {
    status: code,
    reason: reason || (STATUS_CODES[code] ?? ''),
    headers: [
      ['Content-Length', '0'],
      [TRANSACTION_ID, transactionId],
    ],
    body: new Uint8Array(),
  };
}
