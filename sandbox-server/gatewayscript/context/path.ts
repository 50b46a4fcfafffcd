// Names of context variables: `message.headers.X`, `a['b.c']`, `a["b"]`, `a[0]`, as one list of keys.
import { GuestError, quoted } from '../host/guest-error.ts';

/** A number stands for an unquoted `[0]`. */
export type PathKey = string | number;

const UNQUOTED = /[^.[\]]+/y;
const BRACKET = /\[(?:(\d{1,9})|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\]'"[]+))\]/y;
const MAX_KEYS = 64;

/**
 * Splits a variable's name (IBM documentation: dots, `['x']`, `["x"]`, `[0]`, hyphens without quotes).
 * @throws GuestError (TypeError) that names the call and what is wrong with the name.
 */
export function parsePath(name: unknown, call: string): PathKey[] {
  if (typeof name !== 'string') {
    throw new GuestError(
      'TypeError',
      `${call}: the variable's name is ${quoted(name)}; expected a string such as 'message.headers.X-Example'`,
    );
  }
  const keys: PathKey[] = [];
  let at = 0;
  while (at < name.length) {
    if (name[at] === '[') {
      BRACKET.lastIndex = at;
      const match = BRACKET.exec(name);
      if (!match) throw malformed(name, call, at);
      const quotedKey = match[2] ?? match[3];
      keys.push(
        match[1] !== undefined ? Number(match[1]) : (quotedKey?.replace(/\\(.)/g, '$1') ?? match[4] ?? ''),
      );
      at = BRACKET.lastIndex;
    } else {
      if (keys.length > 0) {
        if (name[at] !== '.') throw malformed(name, call, at);
        at += 1;
        if (name[at] === '[') throw malformed(name, call, at);
      }
      UNQUOTED.lastIndex = at;
      const match = UNQUOTED.exec(name);
      if (!match) throw malformed(name, call, at);
      keys.push(match[0]);
      at = UNQUOTED.lastIndex;
    }
  }
  return checkKeys(keys, call);
}

/** Checks keys that came as a list, so that no header name has to be quoted. */
export function checkKeys(keys: readonly PathKey[], call: string): PathKey[] {
  if (keys.length === 0) throw new GuestError('TypeError', `${call}: the variable's name is empty`);
  if (keys.length > MAX_KEYS)
    throw new GuestError('RangeError', `${call}: the variable's name has more than ${MAX_KEYS} parts`);
  if (keys.includes('__proto__'))
    throw new GuestError('TypeError', `${call}: \`__proto__\` cannot be part of a variable's name`);
  return [...keys];
}

/** The name as a script would write it. */
export function printPath(keys: readonly PathKey[]): string {
  let name = '';
  for (const key of keys) {
    if (typeof key === 'number') name += `[${key}]`;
    else if (/^[^.[\]]+$/.test(key)) name += name === '' ? key : `.${key}`;
    else name += `['${key.replace(/['\\]/g, '\\$&')}']`;
  }
  return name;
}

function malformed(name: string, call: string, at: number): GuestError {
  return new GuestError(
    'TypeError',
    `${call}: the variable's name ${quoted(name)} is malformed at character ${at + 1}; expected names joined by dots, or ['name'], or [0]`,
  );
}
