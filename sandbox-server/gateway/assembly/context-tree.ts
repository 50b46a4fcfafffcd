// The whole context of a transaction as one tree of JSON, as conditions read it.
import { createContext } from '../../gatewayscript/context/context.ts';
import { createTrace } from '../../gatewayscript/context/trace.ts';
import { jsonOf } from '../../gatewayscript/context/value.ts';
import { spend } from './context-budget.ts';
import type { Transaction } from './policy.ts';

/**
 * A copy, with bytes of bodies as text.
 * @throws PropertyError where the transaction has read more of the context than it may
 */
export function contextTree(transaction: Transaction): { [name: string]: unknown } {
  const { request, message, variables } = transaction;
  const context = createContext({ request, message, variables }, createTrace(0));
  const tree = {
    ...variables,
    request: context.get(['request'], null),
    message: context.get(['message'], null),
  };
  const json = jsonOf(tree);
  spend(json.length, transaction);
  return JSON.parse(json);
}
