// The whole context of a transaction as one tree of JSON, as conditions read it.
import { createContext } from '../../gatewayscript/context/context.ts';
import { createTrace } from '../../gatewayscript/context/trace.ts';
import { isObject, textOf } from '../../gatewayscript/context/value.ts';
import { spend } from './context-budget.ts';
import { pathParameters } from './path-parameters.ts';
import type { Transaction } from './policy.ts';

/**
 * A copy: bytes of bodies as text, and the parameters of the operation's path beside those of the query.
 * @throws PropertyError where the transaction has read more of the context than it may
 */
export function contextTree(transaction: Transaction): { [name: string]: unknown } {
  const { request, message, variables } = transaction;
  const context = createContext({ request, message, variables }, createTrace(0));
  const told = context.get(['request'], null);
  const parameters = Object.fromEntries(
    [...pathParameters(transaction)].map(([name, value]) => [name, { locations: ['path'], values: [value] }]),
  );
  const query = context.get(['request', 'parameters'], null);
  const tree = {
    ...variables,
    request: isObject(told)
      ? { ...told, parameters: { ...(isObject(query) ? query : {}), ...parameters } }
      : told,
    message: context.get(['message'], null),
  };
  const json = JSON.stringify(tree, (_key, value) => (value instanceof Uint8Array ? textOf(value) : value));
  spend(json.length, transaction);
  return JSON.parse(json);
}
