// The part of the context that is plain variables: one tree of JSON-like values, walked by keys, own members only.
import { GuestError, quoted } from '../host/guest-error.ts';
import { type PathKey, printPath } from './path.ts';
import { type ContextObject, type ContextValue, isObject } from './value.ts';

type Container = ContextObject | ContextValue[];

function isContainer(value: ContextValue | undefined): value is Container {
  return Array.isArray(value) || isObject(value);
}

function member(container: Container, key: PathKey): ContextValue | undefined {
  return Object.hasOwn(container, key) ? Object.getOwnPropertyDescriptor(container, key)?.value : undefined;
}

/** The value at the end of the path, or `undefined`. */
export function readTree(root: ContextValue, keys: readonly PathKey[]): ContextValue | undefined {
  let value: ContextValue | undefined = root;
  for (const key of keys) {
    if (!isContainer(value)) return undefined;
    value = member(value, key);
  }
  return value;
}

/**
 * Writes a value, making the objects (and for `[0]` the arrays) on the way.
 * @throws GuestError (TypeError) where the path leads through a plain value; (RangeError) where it would leave a hole in an array.
 */
export function writeTree(
  root: Container,
  keys: readonly PathKey[],
  value: ContextValue,
  call: string,
): void {
  let container = root;
  for (const [depth, key] of keys.entries()) {
    if (Array.isArray(container)) checkIndex(container, keys, depth, call);
    if (depth === keys.length - 1) {
      put(container, key, value);
      return;
    }
    let next = member(container, key);
    if (next === undefined || next === null) {
      next = typeof keys[depth + 1] === 'number' ? [] : {};
      put(container, key, next);
    }
    if (!isContainer(next)) {
      const path = printPath(keys.slice(0, depth + 1));
      throw new GuestError(
        'TypeError',
        `${call}: \`${path}\` holds ${quoted(next)}, so it has no member \`${keys[depth + 1]}\``,
      );
    }
    container = next;
  }
}

/** Takes a variable away; nothing happens where there is none. */
export function clearTree(root: ContextValue, keys: readonly PathKey[]): void {
  const container = readTree(root, keys.slice(0, -1));
  const last = keys.at(-1);
  if (last === undefined || !isContainer(container)) return;
  if (Array.isArray(container)) {
    if (Number.isInteger(Number(last)) && Object.hasOwn(container, last)) container.splice(Number(last), 1);
  } else Reflect.deleteProperty(container, last);
}

function put(container: Container, key: PathKey, value: ContextValue): void {
  Object.defineProperty(container, key, { value, enumerable: true, writable: true, configurable: true });
}

function checkIndex(array: ContextValue[], keys: readonly PathKey[], depth: number, call: string): void {
  const index = Number(keys[depth]);
  if (Number.isInteger(index) && index >= 0 && index <= array.length) return;
  throw new GuestError(
    'RangeError',
    `${call}: \`${printPath(keys.slice(0, depth + 1))}\`: the array has ${array.length} elements; expected an index from 0 to ${array.length}`,
  );
}
