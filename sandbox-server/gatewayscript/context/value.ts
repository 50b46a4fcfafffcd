// What a context variable can hold: JSON, and bytes where a body is concerned.

import { GuestError } from '../host/guest-error.ts';
import { CONTEXT_MAX_DEPTH } from '../limits.ts';
import type { JsonValue } from '../types.ts';

export type ContextValue = string | number | boolean | null | Uint8Array | ContextValue[] | ContextObject;
export type ContextObject = { [name: string]: ContextValue };

export function isObject(value: unknown): value is ContextObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

/** Bytes as the text they are; UTF-8, with U+FFFD for what is not. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/**
 * As JSON, with bytes as the text that they are. Each value is taken from where it stands: a `Buffer` has a `toJSON` of its own, which runs before
 * the replacer sees it.
 */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, each) {
    const held = this[key];
    return held instanceof Uint8Array ? textOf(held) : each;
  });
}

/**
 * Reads a value that the guest wrote as JSON. Members named `__proto__` are dropped: whoever copies the tree later must not trip.
 * @throws GuestError (RangeError) where it is nested too deep.
 */
export function parseValue(json: string, call: string): JsonValue {
  if (depthOf(json) > CONTEXT_MAX_DEPTH) {
    throw new GuestError(
      'RangeError',
      `${call}: the value is nested deeper than ${CONTEXT_MAX_DEPTH} levels`,
    );
  }
  if (!json.includes('__proto__') && !json.includes('\\u')) return JSON.parse(json);
  return JSON.parse(json, (key, value) => (key === '__proto__' ? undefined : value));
}

/** Deepest nesting of arrays and objects in a JSON text, without recursion. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < json.length; i += 1) {
    const c = json.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (c === 0x5d || c === 0x7d) depth -= 1;
  }
  return deepest;
}
