// A variable of the context by its name in a property, read and written by a policy.
import { checkHeaderName, checkHeaderValues } from '../../gatewayscript/context/header-list.ts';
import {
  createMessageVariables,
  type MessageVariables,
} from '../../gatewayscript/context/message-variables.ts';
import { type PathKey, parsePath } from '../../gatewayscript/context/path.ts';
import { clearTree, readTree, writeTree } from '../../gatewayscript/context/tree.ts';
import { GuestError } from '../../gatewayscript/host/guest-error.ts';
import { MESSAGE_MAX_HEADERS } from '../../gatewayscript/limits.ts';
import type { JsonValue, MessageHeader } from '../../gatewayscript/types.ts';
import { spend } from './context-budget.ts';
import type { Transaction } from './policy.ts';
import { PropertyError } from './property-error.ts';
import { isShallow, MAX_TREE_DEPTH } from './tree-depth.ts';
import { resolveText } from './variables.ts';

/** Its value as `$(name)` gives it: text as it is, all else as JSON; `undefined` where it has none. */
export function readVariable(name: string, transaction: Transaction): string | undefined {
  const { text, missing } = resolveText(`$(${name})`, transaction);
  return missing.length > 0 ? undefined : text;
}

/** Writes a variable, members of `message` among them. @throws PropertyError where there can be none of that name, or no room is left. */
export function writeVariable(name: string, value: JsonValue, transaction: Transaction): void {
  if (!isShallow(value))
    throw new PropertyError(`${name}: the value is nested more than ${MAX_TREE_DEPTH} levels deep`);
  spend(JSON.stringify(value).length, transaction);
  asPropertyError(() => {
    const keys = parsePath(name, name);
    const isOfMessage = changeMessage(keys, transaction, (message, rest) => message.write(rest, value, name));
    if (!isOfMessage) writeTree(transaction.variables, keys, value, name);
  });
}

/** Adds to a variable: a second header of that name, or one more member of a list (which becomes one, where it was none). @throws PropertyError as `writeVariable` */
export function addVariable(name: string, value: JsonValue, transaction: Transaction): void {
  const keys = asPropertyError(() => parsePath(name, name));
  const [first, second, ...rest] = keys;
  if (first === 'message' && second === 'headers' && rest.length > 0) {
    addHeader(rest.join('.'), value, transaction);
    return;
  }
  const before = readTree(transaction.variables, keys);
  const known = before === undefined || before === null ? [] : Array.isArray(before) ? before : [before];
  writeVariable(name, JSON.parse(JSON.stringify([...known, value])), transaction);
}

/** One more header, whoever set those that are there. */
function addHeader(name: string, value: JsonValue, transaction: Transaction): void {
  const { message } = transaction;
  const added = asPropertyError(() =>
    checkHeaderValues(checkHeaderName(name, 'add'), value, 'add').map(
      (text): MessageHeader => ({
        name,
        value: text,
        origin: 'policy',
      }),
    ),
  );
  spend(JSON.stringify(added).length, transaction);
  if (message.headers.length + added.length > MESSAGE_MAX_HEADERS)
    throw new PropertyError(`a message holds at most ${MESSAGE_MAX_HEADERS} headers`);
  transaction.message = { ...message, headers: [...message.headers, ...added] };
}

/** Takes a variable away; nothing happens where there is none. */
export function clearVariable(name: string, transaction: Transaction): void {
  const keys = asPropertyError(() => parsePath(name, name));
  const isOfMessage = changeMessage(keys, transaction, (message, rest) => message.clear(rest));
  if (!isOfMessage) clearTree(transaction.variables, keys);
}

/**
 * Makes a change to the message where the name is one of its own; whether it was. A body is written out anew with each change: so head and body are
 * told apart, and a change to the body counts its length.
 */
function changeMessage(
  [first, ...rest]: readonly PathKey[],
  transaction: Transaction,
  change: (message: MessageVariables, keys: PathKey[]) => boolean,
): boolean {
  if (first !== 'message') return false;
  const { message } = transaction;
  const { body, parsed, bodyOrigin, ...head } = message;
  if (rest[0] === 'status' || rest[0] === 'headers') {
    const variables = createMessageVariables({ ...head, body: new Uint8Array(), bodyOrigin });
    if (!change(variables, rest)) return false;
    const { status, headers } = variables.result();
    transaction.message = { ...message, status, headers };
    return true;
  }
  spend(body.length, transaction);
  const variables = createMessageVariables(message);
  if (!change(variables, rest)) return false;
  transaction.message = variables.result();
  return true;
}

/** What the context refuses to a script by an error of the script's, it refuses to a policy by its own. */
function asPropertyError<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof GuestError ? new PropertyError(error.message) : error;
  }
}
