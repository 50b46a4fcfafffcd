// `catch`: which handler an error gets, what the context tells of the error, and the answer when the handler is through.
import type { Header } from '../../gatewayscript/types.ts';
import { listNames } from '../definition/list-names.ts';
import { errorResponse, type GatewayResponse } from '../handshake/error-response.ts';
import { composeResponse } from '../handshake/response.ts';
import type { CatchHandler } from '../types.ts';
import { NEVER_BY_DEFAULT } from './error-names.ts';
import type { PolicyEnd, Transaction } from './policy.ts';

type ErrorEnd = Extract<PolicyEnd, { kind: 'error' }>;

/**
 * The first handler that takes an error of this name; `null` where none does. A default one that stands before others takes
 * the error from them (IBM, "Handling errors in the assembly").
 */
export function handlerFor(name: string, handlers: readonly CatchHandler[]): CatchHandler | null {
  return (
    handlers.find(({ errors }) =>
      errors === 'default' ? !NEVER_BY_DEFAULT.includes(name) : errors.includes(name),
    ) ?? null
  );
}

/**
 * The handler for an error, with the context made ready for it: `error.name`, `.message`, `.policyTitle` and `.status`.
 * Tells which one takes over, or that none does.
 */
export function beginHandling(
  { error, response }: ErrorEnd,
  handlers: readonly CatchHandler[],
  transaction: Transaction,
): CatchHandler | null {
  const { name, message, policyTitle } = error;
  const handler = handlerFor(name, handlers);
  if (handlers.length > 0) {
    const text = handler ? `${titleOf(handler)} takes over the error ${name}.` : leftAlone(name, handlers);
    transaction.emit({ type: 'gateway-log', level: 'info', code: null, text: `catch: ${text}` });
  }
  // For a handler, and for `finally`.
  transaction.variables.error = {
    name,
    message,
    ...(policyTitle === undefined ? {} : { policyTitle }),
    status: { code: response.status, reason: response.reason },
  };
  if (!handler) return null;
  // A status that was set before the error is not the handler's.
  transaction.message = { ...transaction.message, status: null };
  return handler;
}

function titleOf({ errors }: CatchHandler): string {
  return errors === 'default' ? 'the default handler' : `the handler for ${listNames(errors)}`;
}

function leftAlone(name: string, handlers: readonly CatchHandler[]): string {
  const hint = handlers.some(({ errors }) => errors === 'default')
    ? ' The default one does not take it; list it under errors.'
    : '';
  return `no handler takes the error ${name}.${hint}`;
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
