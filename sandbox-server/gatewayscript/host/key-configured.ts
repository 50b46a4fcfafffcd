// Key objects by name: on the gateway an administrator configures them; in the lab they are properties of the API.
import { isObject } from '../context/value.ts';
import { GuestError, quoted } from './guest-error.ts';
import type { KeyMaterial } from './key.ts';
import { isPem, KEY_MAX_CHARS } from './key-limits.ts';

/**
 * The lab's choice: the key object `Alice` is the API property `Alice` (`properties` of a run or of the definition). Its value is
 * a PEM text, a JWK (an object, or its JSON), `0x…` for a secret in hexadecimal, or else the secret's own text. The prefix `name:` of
 * XSLT may stand before a name (IBM documentation).
 * @param property reads an API property; `undefined` where there is none
 * @throws GuestError (Error) where there is no such key object, which says how to make one
 */
export function configuredKey(given: string, call: string, property: (name: string) => unknown): KeyMaterial {
  const name = given.replace(/^name:/, '');
  const value = property(name);
  if (value === undefined)
    throw new GuestError(
      'Error',
      `${call}: there is no key object ${quoted(name)}: a string names one, and the lab takes it from the API property of that name; ` +
        `to give the key itself, pass a Buffer`,
    );
  if (isObject(value)) return { kind: 'jwk', jwk: value };
  if (typeof value !== 'string' || value.length > KEY_MAX_CHARS)
    throw new GuestError(
      'TypeError',
      `${call}: the key object ${quoted(name)} is ${typeof value === 'string' ? `${value.length} characters long` : typeof value}; ` +
        `expected PEM, a JWK or a secret of at most ${KEY_MAX_CHARS} characters`,
    );
  return readText(value.trim(), value);
}

function readText(trimmed: string, whole: string): KeyMaterial {
  if (isPem(trimmed)) return { kind: 'pem', pem: trimmed, passphrase: null };
  if (/^0x([0-9a-fA-F]{2})+$/.test(trimmed))
    return { kind: 'secret', bytes: Buffer.from(trimmed.slice(2), 'hex') };
  const jwk = trimmed.startsWith('{') ? parsedJson(trimmed) : undefined;
  return isObject(jwk) ? { kind: 'jwk', jwk } : { kind: 'secret', bytes: Buffer.from(whole, 'utf8') };
}

/** `undefined` for what is no JSON. */
export function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
