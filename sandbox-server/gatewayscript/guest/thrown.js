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
    if (name === 'InternalError') [name, message] = inNodesWords(message);
    place = placeInStack(textOr(() => thrown.stack, ''));
  } else {
    message = textOr(() => `thrown: ${inspect(thrown)}`, 'a value that cannot be shown was thrown');
  }
  return stringify({ name, message, line: place.line, column: place.column });
}

/** QuickJS's own errors under the names that Node has for them. */
function inNodesWords(message) {
  if (message === 'stack overflow') return ['RangeError', 'Maximum call stack size exceeded'];
  if (message === 'string too long') return ['RangeError', 'Invalid string length'];
  return ['InternalError', message];
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
