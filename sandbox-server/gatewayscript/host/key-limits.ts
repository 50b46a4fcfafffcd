// What keys the lab takes: a key decides how long one operation lasts, and native code cannot be stopped in its midst.
import type { KeyObject } from 'node:crypto';
import { GuestError } from './guest-error.ts';

/** Characters of a key: an RSA key of 4096 bits has 3,300 in PEM. */
export const KEY_MAX_CHARS = 4_096;
/** Bits of an RSA modulus; a signature with 4096 takes a few milliseconds. */
export const RSA_MAX_BITS = 4_096;

export function isPem(text: string): boolean {
  return text.includes('-----BEGIN ');
}

/** @throws GuestError (RangeError) */
export function checkLength(key: string, what: string): void {
  if (key.length > KEY_MAX_CHARS)
    throw new GuestError('RangeError', `${what} has ${key.length} characters; at most ${KEY_MAX_CHARS}`);
}

/** @throws GuestError for what is no PEM, too long, or opened by a derivation that may take any time. */
export function checkPem(pem: string, what: string): void {
  if (!isPem(pem))
    throw new GuestError('TypeError', `${what} is not in PEM; expected text that begins with -----BEGIN`);
  checkLength(pem, what);
  if (pem.includes('ENCRYPTED PRIVATE KEY'))
    throw new GuestError(
      'TypeError',
      `${what} is an ENCRYPTED PRIVATE KEY, which the lab does not open; expected the traditional form (Proc-Type: 4,ENCRYPTED) or a key without passphrase`,
    );
}

/** @throws GuestError for key types and sizes beyond the lab's. */
export function checkAsymmetric(key: KeyObject, what: string): KeyObject {
  const type = key.asymmetricKeyType;
  if (type !== 'rsa' && type !== 'ec')
    throw new GuestError('TypeError', `${what} is of type ${type}; expected RSA or EC`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits > RSA_MAX_BITS)
    throw new GuestError('RangeError', `${what} has ${bits} bits; the lab takes at most ${RSA_MAX_BITS}`);
  if (type === 'rsa' && key.type === 'private') checkParts(key, bits, what);
  return key;
}

/** The library does not compare the parts of a private key: with primes longer than half its modulus one signature took half a second. */
function checkParts(key: KeyObject, bits: number, what: string): void {
  const { d = '', p = '', q = '', dp = '', dq = '', qi = '' } = key.export({ format: 'jwk' });
  const longest = Math.max(...[p, q, dp, dq, qi].map((part) => Buffer.byteLength(part, 'base64url')));
  if (longest > bits / 16 + 2 || Buffer.byteLength(d, 'base64url') > bits / 8 + 2)
    throw new GuestError('TypeError', `${what} is no RSA key: its primes are too long for its modulus`);
}
