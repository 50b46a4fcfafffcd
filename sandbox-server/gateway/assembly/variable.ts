// A variable of the context by its name in a property, read and written by a policy.
import { createMessageVariables } from '../../gatewayscript/context/message-variables.ts';
import { parsePath } from '../../gatewayscript/context/path.ts';
import { clearTree, readTree, writeTree } from '../../gatewayscript/context/tree.ts';
import { GuestError } from '../../gatewayscript/host/guest-error.ts';
import type { JsonValue } from '../../gatewayscript/types.ts';
import type { Transaction } from './policy.ts';
import { PropertyError } from './property-reader.ts';
import { isShallow, MAX_TREE_DEPTH } from './tree-depth.ts';
import { resolveText } from './variables.ts';

/** Its value as `$(name)` gives it: text as it is, all else as JSON; `undefined` where it has none. */
export function readVariable(name: string, transaction: Transaction): string | undefined {
  const { text, missing } = resolveText(`$(${name})`, transaction);
  return missing.length > 0 ? undefined : text;
}

/** Characters, as JSON, that policies may write into the context in one transaction, as for a script. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
const written = new WeakMap<Transaction, number>();

/** Writes a variable, members of `message` among them. @throws PropertyError where there can be none of that name, or no room is left. */
export function writeVariable(name: string, value: JsonValue, transaction: Transaction): void {
  if (!isShallow(value))
    throw new PropertyError(`${name}: the value is nested more than ${MAX_TREE_DEPTH} levels deep`);
  const characters = (written.get(transaction) ?? 0) + JSON.stringify(value).length;
  if (characters > MAX_CHARACTERS)
    throw new PropertyError(
      `the policies have written more than ${MAX_CHARACTERS} characters into the context`,
    );
  written.set(transaction, characters);
  try {
    const [first, ...rest] = parsePath(name, name);
    if (first === 'message') {
      const message = createMessageVariables(transaction.message);
      if (message.write(rest, value, name)) {
        transaction.message = message.result();
        return;
      }
    }
    writeTree(transaction.variables, [first ?? '', ...rest], value, name);
  } catch (error) {
    if (error instanceof GuestError) throw new PropertyError(error.message);
    throw error;
  }
}

/** Adds to a variable: a second header of that name, or one more member of a list (which becomes one, where it was none). @throws PropertyError as `writeVariable` */
export function addVariable(name: string, value: JsonValue, transaction: Transaction): void {
  const header = /^message\.headers\.(.+)$/.exec(name);
  if (header?.[1]) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const { message } = transaction;
    transaction.message = {
      ...message,
      headers: [...message.headers, { name: header[1], value: text, origin: 'policy' }],
    };
    return;
  }
  const before = readTree(transaction.variables, parsePath(name, name));
  const known = before === undefined || before === null ? [] : Array.isArray(before) ? before : [before];
  writeVariable(name, JSON.parse(JSON.stringify([...known, value])), transaction);
}

/** Takes a variable away; nothing happens where there is none. */
export function clearVariable(name: string, transaction: Transaction): void {
  const [first, ...rest] = parsePath(name, name);
  if (first === 'message') {
    const message = createMessageVariables(transaction.message);
    if (message.clear(rest)) {
      transaction.message = message.result();
      return;
    }
  }
  clearTree(transaction.variables, [first ?? '', ...rest]);
}
