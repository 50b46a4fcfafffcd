// Resolves `$(name)` in a policy's properties against the transaction's context.
import { createContext } from '../../gatewayscript/context/context.ts';
import { parsePath } from '../../gatewayscript/context/path.ts';
import { createTrace } from '../../gatewayscript/context/trace.ts';
import { type ContextValue, jsonOf } from '../../gatewayscript/context/value.ts';
import { GuestError } from '../../gatewayscript/host/guest-error.ts';
import type { JsonValue } from '../../gatewayscript/types.ts';
import { decoded } from '../handshake/routing.ts';
import { spend } from './context-budget.ts';
import type { Transaction } from './policy.ts';

/** One reference; names hold no parentheses. */
const REFERENCE = /\$\(([^()]*)\)/g;

/**
 * The text with every `$(name)` replaced; `missing` are the names that have no value, which become empty (lab's choice).
 * A value is put in once and not searched again, so that no request can smuggle in a reference.
 * @throws PropertyError where the transaction has read more of the context than it may
 */
export function resolveText(text: string, transaction: Transaction): { text: string; missing: string[] } {
  const missing: string[] = [];
  const resolved = text.replaceAll(REFERENCE, (_, written: string) => {
    const name = written.trim();
    // To look is work too, and a parameter's goes through the whole query.
    spend(LOOK_COST + (name.startsWith('request.') ? transaction.request.path.length : 0), transaction);
    const value = lookUp(name, transaction);
    if (value === undefined || value === null) {
      missing.push(name);
      return '';
    }
    const found = asText(value);
    spend(found.length, transaction);
    return found;
  });
  return { text: resolved, missing };
}

/** What one look into the context counts against a transaction's budget of characters. */
const LOOK_COST = 64;

/**
 * What `context.get` reads: `api.properties.x` and bare `x`, `message.headers.…`, bodies after `parse`. But for a parameter of the request, which
 * here is its value, of the query or of the operation's path (lab's choice: published definitions use it so).
 */
function lookUp(name: string, transaction: Transaction): JsonValue | undefined {
  const { request, message, variables } = transaction;
  const parameter = /^request\.parameters\.([^.[\]]+)$/.exec(name)?.[1];
  if (parameter !== undefined) {
    const [, ...search] = request.path.split('?');
    const query = new URLSearchParams(search.join('?')).get(parameter);
    const segment = request.pathParameters?.find(([name]) => name === parameter)?.[1];
    return query ?? (segment === undefined ? undefined : decoded(segment));
  }
  let value: ContextValue | undefined;
  try {
    value = createContext({ request, message, variables }, createTrace(0)).get(parsePath(name, name), null);
  } catch (error) {
    // What is no name of a variable has no value.
    if (error instanceof GuestError) return undefined;
    throw error;
  }
  return value === undefined ? undefined : JSON.parse(jsonOf(value));
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
