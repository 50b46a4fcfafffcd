// The whole context of a transaction as one tree of JSON, as conditions read it.
import { createContext } from '../../gatewayscript/context/context.ts';
import { createTrace } from '../../gatewayscript/context/trace.ts';
import { textOf } from '../../gatewayscript/context/value.ts';
import type { Transaction } from './policy.ts';

/** A copy: bytes of bodies as text. */
export function contextTree({ request, message, variables }: Transaction): { [name: string]: unknown } {
  const context = createContext({ request, message, variables }, createTrace(0));
  const tree = {
    ...variables,
    request: context.get(['request'], null),
    message: context.get(['message'], null),
  };
  return JSON.parse(
    JSON.stringify(tree, (_key, value) => (value instanceof Uint8Array ? textOf(value) : value)),
  );
}
