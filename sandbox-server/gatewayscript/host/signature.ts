// Digital signatures for the guest's `crypto` and `jose`: made and checked in one call, nothing is kept between calls.
import { type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { GuestError, quoted } from './guest-error.ts';

/**
 * Algorithms by the names that IBM documentation gives for `dp:sign`; that `createSign` has the same is inferred. Node's spellings,
 * `RSA-SHA256` and the digest alone, are understood too.
 */
export const SIGNATURES = [
  ...['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'md5', 'ripemd160'].map((digest) => `rsa-${digest}`),
  ...['sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map((digest) => `ecdsa-${digest}`),
];

/**
 * The algorithm's name as in `SIGNATURES`, or a digest's alone, whose key then decides between RSA and ECDSA.
 * @throws GuestError (Error) that lists what exists.
 */
export function signatureName(algorithm: unknown, call: string): string {
  const name = typeof algorithm === 'string' ? algorithm.toLowerCase() : '';
  if (SIGNATURES.includes(name) || SIGNATURES.includes(`rsa-${name}`)) return name;
  throw new GuestError(
    'Error',
    `${call}: unknown algorithm ${quoted(algorithm)}; expected one of ${SIGNATURES.join(', ')}`,
  );
}

/** RSA signs by PKCS #1 v1.5, ECDSA in DER, as in Node. @throws GuestError where key and algorithm do not fit. */
export function sign(algorithm: string, key: KeyObject, data: Buffer, call: string): Buffer {
  const digest = digestFor(algorithm, key, call);
  try {
    return signBytes(digest, data, key);
  } catch (error) {
    throw new GuestError(
      'Error',
      `${call}: the key does not sign with ${algorithm} (${error instanceof Error ? error.message.replace(/^error:[0-9A-F]+:/, '') : 'unknown'})`,
    );
  }
}

/** A signature that is malformed is one that does not fit: `false`. */
export function verify(
  algorithm: string,
  key: KeyObject,
  data: Buffer,
  signature: Buffer,
  call: string,
): boolean {
  const digest = digestFor(algorithm, key, call);
  try {
    return verifyBytes(digest, data, key, signature);
  } catch {
    return false;
  }
}

function digestFor(algorithm: string, key: KeyObject, call: string): string {
  const [, family, digest] = /^(?:(rsa|ecdsa)-)?(.+)$/.exec(algorithm) ?? [];
  const type = key.asymmetricKeyType === 'ec' ? 'ecdsa' : 'rsa';
  if (family !== undefined && family !== type)
    throw new GuestError(
      'TypeError',
      `${call}: the key is for ${type === 'rsa' ? 'RSA' : 'ECDSA'}; ${algorithm} wants one for ${type === 'rsa' ? 'ECDSA' : 'RSA'}`,
    );
  return digest ?? algorithm;
}
