// What was thrown, as JSON text for the host: it may be anything, and reading it may throw again.

import { inspect } from './inspect.js';
import { placeInStack } from './place.js';

const { stringify } = JSON;
const MAX = 2000;

export function describeThrown(thrown) {
  let name = 'Error';
  let message = '';
  let place = { line: null, column: null };
  if (thrown instanceof Error) {
    name = textOr(() => thrown.name, 'Error');
    message = textOr(() => thrown.message, '');
    const stack = textOr(() => thrown.stack, '');
    if (name === 'InternalError') [name, message] = inNodesWords(message);
    message = asNodeSays(message);
    if (message === 'not a function') message = namingBuiltin(message, stack);
    place = placeInStack(stack);
  } else {
    message = textOr(() => `thrown: ${inspect(thrown)}`, 'a value that cannot be shown was thrown');
  }
  return stringify({ name, message, line: place.line, column: place.column });
}

/** QuickJS's own errors under the names that Node has for them. */
function inNodesWords(message) {
  if (message === 'stack overflow') return ['RangeError', 'Maximum call stack size exceeded'];
  if (message === 'out of memory') return ['RangeError', message];
  if (message === 'string too long') return ['RangeError', 'Invalid string length'];
  return ['InternalError', message];
}

/** What a mistake is called most often, as the gateway's Node.js 8 puts it. */
function asNodeSays(message) {
  const [, undefinedName] = /^'(.+)' is not defined$/.exec(message) ?? [];
  if (undefinedName !== undefined) return `${undefinedName} is not defined`;
  return message.replace(
    /^cannot (read|set) property '(.*)' of (undefined|null)$/,
    "Cannot $1 property '$2' of $3",
  );
}

/** Where a built-in called what it was given, it stands above the script in the stack; the host names what the script itself called. */
function namingBuiltin(message, stack) {
  const [, builtin] = /^ {4}at ([\w.]+) \(native\)\n/.exec(stack) ?? [];
  return builtin === undefined ? message : `${builtin} was given what is not a function`;
}

/** Text that a getter or a conversion gives, cut; the fallback where it fails. */
function textOr(read, fallback) {
  try {
    const value = read();
    return typeof value === 'symbol' || value === undefined ? fallback : `${value}`.slice(0, MAX);
  } catch {
    return fallback;
  }
}
