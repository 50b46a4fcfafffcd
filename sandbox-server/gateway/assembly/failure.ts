// How a policy fails: a line in the sandbox's log that says why, an error for `catch`, and the answer where nothing catches it.
import type { Header } from '../../gatewayscript/types.ts';
import { errorResponse } from '../handshake/error-response.ts';
import type { PolicyEnd, Transaction } from './policy.ts';

export interface Failure {
  /** One of the names that `catch` knows. */
  name: string;
  /** For the learner's log and `error.message`; never for the client. */
  why: string;
  status: number;
  reason?: string;
  /** What the client reads. */
  moreInformation: string;
  headers?: readonly Header[];
  /** The event's code in the product's log, where it is known. */
  code?: string;
}

export function failed(transaction: Transaction, failure: Failure): Extract<PolicyEnd, { kind: 'error' }> {
  const { name, why, code = null, ...answer } = failure;
  transaction.emit({ type: 'gateway-log', level: 'error', code, text: `${name}: ${why}` });
  return {
    kind: 'error',
    error: { name, message: why },
    response: errorResponse({ ...answer, transactionId: transaction.id }),
  };
}
