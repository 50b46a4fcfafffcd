// Resolves `$(name)` in a policy's properties against the transaction's context.
import type { JsonValue } from '../../gatewayscript/types.ts';
import { headerValue } from '../handshake/headers.ts';
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

/** `api.properties.x` and bare `x`, `request.…`, `message.headers.…`, and what policies have set. */
function lookUp(name: string, { request, message, variables }: Transaction): JsonValue | undefined {
  const [path = '', ...search] = request.path.split('?');
  const query = search.join('?');
  const computed: Record<string, string> = {
    'request.verb': request.method,
    'request.uri': request.path,
    'request.path': path,
    'request.search': query === '' ? '' : `?${query}`,
    'request.querystring': query,
  };
  if (Object.hasOwn(computed, name)) return computed[name];
  const header = /^(request|message)\.headers\.(.+)$/.exec(name);
  if (header?.[1] === 'request') return headerValue(request.headers, header[2] ?? '');
  if (header)
    return headerValue(
      message.headers.map(({ name, value }) => [name, value] as const),
      header[2] ?? '',
    );
  const parameter = /^request\.parameters\.([^.]+)/.exec(name);
  if (parameter) return new URLSearchParams(query).get(parameter[1] ?? '') ?? undefined;
  return member(variables, name.split('.')) ?? member(variables, ['api', 'properties', name]);
}

function member(tree: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = tree;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = value[name];
  }
  return value;
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
