// Whether two values are alike in depth, loosely or strictly, after Node.js 8.9.4 (LICENSE.node.txt).
import { isDate, isMap, isRegExp, isSet, isTypedArray, tag } from '../util/kinds.js';
import { mapsAlike, setsAlike } from './deep-equal-collections.js';

const { getPrototypeOf, keys } = Object;

const isObject = (value) => value !== null && typeof value === 'object';
const isFloats = (value) => /Float(32|64)Array/.test(tag(value));

/** `memos`: pairs that are being compared further up, so that a circle ends. */
export function deepEqual(actual, expected, strict, memos) {
  if (actual === expected) return true;
  const decided = strict ? strictly(actual, expected) : loosely(actual, expected);
  if (decided !== undefined) return decided;

  const seen = memos ?? { actual: new Map(), expected: new Map(), position: 0 };
  if (memos !== undefined) {
    const before = seen.actual.get(actual);
    if (before !== undefined && seen.expected.has(expected)) return before === seen.expected.get(expected);
    seen.position += 1;
  }
  const names = keys(actual);
  const expectedNames = new Set(keys(expected));
  if (names.length !== expectedNames.size || !names.every((name) => expectedNames.has(name))) return false;
  seen.actual.set(actual, seen.position);
  seen.expected.set(expected, seen.position);
  const alike = contentsAlike(actual, expected, strict, names, seen);
  seen.actual.delete(actual);
  seen.expected.delete(expected);
  return alike;
}

function contentsAlike(actual, expected, strict, names, memos) {
  const alike = (a, b) => deepEqual(a, b, strict, memos);
  if (isSet(actual) !== isSet(expected) || isMap(actual) !== isMap(expected)) return false;
  if (isSet(actual) && !setsAlike(actual, expected, strict, alike)) return false;
  if (isMap(actual) && !mapsAlike(actual, expected, strict, alike)) return false;
  return names.every((name) => alike(actual[name], expected[name]));
}

/** @returns whether they are alike; `undefined` where their members decide */
function strictly(actual, expected) {
  if (!isObject(actual) || !isObject(expected)) return false;
  const kind = tag(actual);
  if (kind !== tag(expected) || getPrototypeOf(actual) !== getPrototypeOf(expected)) return false;
  if (kind === '[object Array]') return actual.length === expected.length ? undefined : false;
  if (kind === '[object Object]') return undefined;
  if (isDate(actual)) return actual.getTime() === expected.getTime() ? undefined : false;
  if (isRegExp(actual)) return sameRegExp(actual, expected) ? undefined : false;
  if (kind === '[object Error]') return actual.message === expected.message ? undefined : false;
  if (!isFloats(actual) && ArrayBuffer.isView(actual)) {
    if (!sameBytes(actual, expected)) return false;
    return keys(actual).length === actual.length && keys(expected).length === expected.length
      ? true
      : undefined;
  }
  return boxedStrictly(actual, expected);
}

function boxedStrictly(actual, expected) {
  if (typeof actual.valueOf !== 'function') return undefined;
  const value = actual.valueOf();
  if (value === actual) return undefined;
  if (!deepEqual(value, expected.valueOf(), true)) return false;
  const [least, leastExpected] = typeof value === 'string' ? [actual.length, expected.length] : [0, 0];
  return keys(actual).length === least && keys(expected).length === leastExpected ? true : undefined;
}

function loosely(actual, expected) {
  // biome-ignore lint/suspicious/noDoubleEquals: this is what loosely means
  if (!isObject(actual)) return isObject(expected) ? false : actual == expected;
  if (!isObject(expected)) return false;
  if (isDate(actual) && isDate(expected)) return actual.getTime() === expected.getTime();
  if (isRegExp(actual) && isRegExp(expected)) return sameRegExp(actual, expected);
  if (actual instanceof Error && expected instanceof Error) {
    if (actual.message !== expected.message || actual.name !== expected.name) return false;
  }
  const [kind, expectedKind] = [tag(actual), tag(expected)];
  if (kind === expectedKind) {
    const isPlain = kind === '[object Array]' || kind === '[object Object]';
    return !isPlain && !isFloats(actual) && ArrayBuffer.isView(actual)
      ? sameBytes(actual, expected)
      : undefined;
  }
  return kind === '[object Arguments]' || expectedKind === '[object Arguments]' ? false : undefined;
}

function sameRegExp(a, b) {
  return a.source === b.source && a.flags === b.flags;
}

function sameBytes(a, b) {
  const [left, right] = [a, b].map((view) =>
    isTypedArray(view) && view.BYTES_PER_ELEMENT === 1
      ? view
      : new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
  );
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return false;
  return true;
}
