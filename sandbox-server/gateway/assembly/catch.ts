// `catch`: which handler an error gets, what the context tells of the error, and the answer when the handler is through.
import type { Header } from '../../gatewayscript/types.ts';
import { errorResponse, type GatewayResponse } from '../handshake/error-response.ts';
import { composeResponse } from '../handshake/response.ts';
import type { CatchHandler } from '../types.ts';
import type { PolicyEnd, Transaction } from './policy.ts';

type ErrorEnd = Extract<PolicyEnd, { kind: 'error' }>;

/** The first handler that lists the error's name, else the default one (IBM, "Error handling"); `null` where none fits. */
export function handlerFor(name: string, handlers: readonly CatchHandler[]): CatchHandler | null {
  const named = handlers.find(({ errors }) => errors !== 'default' && errors.includes(name));
  return named ?? handlers.find(({ errors }) => errors === 'default') ?? null;
}

/** What a handler finds in the context: `error.name`, `.message`, `.policyTitle` and `.status` (documented). */
export function beginHandling({ error, response }: ErrorEnd, transaction: Transaction): void {
  transaction.variables.error = {
    name: error.name,
    message: error.message,
    ...(error.policyTitle === undefined ? {} : { policyTitle: error.policyTitle }),
    status: { code: response.status, reason: response.reason },
  };
  // A status that was set before the error is not the handler's.
  transaction.message = { ...transaction.message, status: null };
  const text = `catch: a handler takes over the error ${error.name}.`;
  transaction.emit({ type: 'gateway-log', level: 'info', code: null, text });
}

/**
 * The client's answer after a handler: the status that the handler set, else the error's; the body that it wrote, else the error's own body
 * with that status. What the product does where a handler sets no status is not published (lab's choice).
 */
export function handledResponse({ response }: ErrorEnd, transaction: Transaction): GatewayResponse {
  const { request, message, api, id } = transaction;
  const status = message.status ?? { code: response.status, reason: response.reason };
  const options = { echo: api.lab.echo, transactionId: id };
  if (message.bodyOrigin === 'policy' || status.code === 101 || status.code < 300)
    return composeResponse(request, { ...message, status }, options);
  const headers = message.headers
    .filter(({ origin }) => origin === 'policy')
    .map(({ name, value }): Header => [name, value]);
  return errorResponse({
    status: status.code,
    ...(status.reason ? { reason: status.reason } : {}),
    moreInformation: informationOf(response),
    headers: headers.filter(([name]) => !/^content-(type|length)$/i.test(name)),
    transactionId: id,
  });
}

/** What the error's own body would have told the client. */
function informationOf({ body }: GatewayResponse): string {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'moreInformation' in parsed)
      return String(parsed.moreInformation);
  } catch {
    // A body that is no error of the gateway's has nothing to tell here.
  }
  return '';
}
