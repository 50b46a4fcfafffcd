// The context of one run: routes each variable to the request, the message or the tree, guards what is read-only, and tells the trace.
import { GuestError } from '../host/guest-error.ts';
import { CONTEXT_MAX_CHARS } from '../limits.ts';
import type { JsonObject, Message, ScriptJob } from '../types.ts';
import { createMessageVariables } from './message-variables.ts';
import { type PathKey, printPath } from './path.ts';
import { readRequest } from './request-variables.ts';
import type { Trace } from './trace.ts';
import { clearTree, readTree, writeTree } from './tree.ts';
import { type ContextObject, type ContextValue, jsonOf } from './value.ts';

/** What a script may read and never write. For `api` and its properties: IBM documentation; for the others the lab's choice. */
const READ_ONLY = ['request', 'api', 'client', 'plan', 'system'];

export interface Context {
  get(keys: readonly PathKey[], line: number | null): ContextValue | undefined;
  /** `chars` is what the value counts against the bound of a run. */
  set(
    keys: readonly PathKey[],
    value: ContextValue | undefined,
    chars: number,
    line: number | null,
    call: string,
  ): void;
  clear(keys: readonly PathKey[], line: number | null, call: string): void;
  result(): { message: Message; variables: JsonObject };
}

export function createContext(
  job: Pick<ScriptJob, 'request' | 'message' | 'variables'>,
  trace: Trace,
): Context {
  const message = createMessageVariables(job.message);
  const tree: ContextObject = job.variables;
  let charsLeft = CONTEXT_MAX_CHARS;

  /** `x` also stands for `api.properties.x`, unless a variable `x` is there (IBM documentation). */
  function isApiProperty(keys: readonly PathKey[]): boolean {
    const [first] = keys;
    return (
      first !== undefined &&
      !Object.hasOwn(tree, first) &&
      readTree(tree, ['api', 'properties', first]) !== undefined
    );
  }

  function read(keys: readonly PathKey[]): ContextValue | undefined {
    const [first, ...rest] = keys;
    if (first === 'request') return readTree(tree, keys) ?? readRequest(job.request, rest);
    if (first === 'message') return message.read(rest) ?? readTree(tree, keys);
    return readTree(tree, isApiProperty(keys) ? ['api', 'properties', ...keys] : keys);
  }

  function guard(keys: readonly PathKey[], call: string): void {
    const property = isApiProperty(keys);
    if (!property && !READ_ONLY.includes(String(keys[0]))) return;
    const name = printPath(property ? ['api', 'properties', ...keys] : keys);
    throw new GuestError('TypeError', `${call}: \`${name}\` is read-only; a script cannot change it`);
  }

  return {
    get(keys, line) {
      const value = read(keys);
      trace.add('get', printPath(keys), value, line);
      return value;
    },

    set(keys, value, chars, line, call) {
      guard(keys, call);
      charsLeft -= chars + 64;
      if (charsLeft < 0)
        throw new GuestError(
          'RangeError',
          `${call}: a script may write ${CONTEXT_MAX_CHARS} characters into the context in one run; this would be more`,
        );
      const [first, ...rest] = keys;
      if (first !== 'message' || !message.write(rest, value, call)) {
        if (value === undefined) clearTree(tree, keys);
        else writeTree(tree, keys, value, call);
      }
      trace.add('set', printPath(keys), value, line);
    },

    clear(keys, line, call) {
      guard(keys, call);
      const [first, ...rest] = keys;
      if (first !== 'message' || !message.clear(rest)) clearTree(tree, keys);
      trace.add('clear', printPath(keys), undefined, line);
    },

    result() {
      return { message: message.result(), variables: withoutBytes(tree) };
    },
  };
}

/** The tree as JSON: bytes that were stored in it become text. */
function withoutBytes(tree: ContextObject): JsonObject {
  return JSON.parse(jsonOf(tree));
}
