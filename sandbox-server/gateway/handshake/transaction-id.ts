// The number that the gateway gives each request, in its log and in every response.
import { randomBytes } from 'node:crypto';

export const TRANSACTION_ID = 'X-Global-Transaction-ID';

/** 24 hex digits, as on the real gateway. */
export function newTransactionId(): string {
  return randomBytes(12).toString('hex');
}
