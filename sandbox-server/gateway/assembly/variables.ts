// Resolves `$(name)` in a policy's properties against the transaction's context.
import { createContext } from '../../gatewayscript/context/context.ts';
import { parsePath } from '../../gatewayscript/context/path.ts';
import { createTrace } from '../../gatewayscript/context/trace.ts';
import { type ContextValue, textOf } from '../../gatewayscript/context/value.ts';
import { GuestError } from '../../gatewayscript/host/guest-error.ts';
import type { JsonValue } from '../../gatewayscript/types.ts';
import type { Transaction } from './policy.ts';

/** One reference; names hold no parentheses. */
const REFERENCE = /\$\(([^()]*)\)/g;

/**
 * The text with every `$(name)` replaced; `missing` are the names that have no value, which become empty (lab's choice).
 * A value is put in once and not searched again, so that no request can smuggle in a reference.
 */
export function resolveText(text: string, transaction: Transaction): { text: string; missing: string[] } {
  const missing: string[] = [];
  const resolved = text.replaceAll(REFERENCE, (_, name: string) => {
    const value = lookUp(name.trim(), transaction);
    if (value === undefined || value === null) missing.push(name.trim());
    return value === undefined || value === null ? '' : asText(value);
  });
  return { text: resolved, missing };
}

/** What `context.get` reads, but for a request parameter, which here is its value: `api.properties.x` and bare `x`, `message.headers.…`, bodies after `parse`. */
function lookUp(name: string, { request, message, variables }: Transaction): JsonValue | undefined {
  const parameter = /^request\.parameters\.([^.[\]]+)$/.exec(name);
  if (parameter) {
    const [, ...search] = request.path.split('?');
    return new URLSearchParams(search.join('?')).get(parameter[1] ?? '') ?? undefined;
  }
  let value: ContextValue | undefined;
  try {
    value = createContext({ request, message, variables }, createTrace(0)).get(parsePath(name, name), null);
  } catch (error) {
    // What is no name of a variable has no value.
    if (error instanceof GuestError) return undefined;
    throw error;
  }
  return value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value, (_key, each) => (each instanceof Uint8Array ? textOf(each) : each)));
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
