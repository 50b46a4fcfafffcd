// Digests for the guest's `crypto`: it sends what was given to `update`, this side computes, nothing is kept between calls.
import { createHmac, hash, type KeyObject } from 'node:crypto';
import { GuestError, quoted } from './guest-error.ts';

/** What the gateway offers: IBM documentation for `createHmac`; the same names without the prefix for `createHash`. */
export const DIGESTS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'ripemd160'] as const;

/** A piece of data: text in UTF-8, or bytes as Latin-1 characters. */
export type Piece = readonly [encoding: 'utf8' | 'latin1', text: string];

/**
 * The name that Node knows the algorithm by. `hmac-sha1` and `SHA-1` are `sha1`, as the gateway writes them.
 * @throws GuestError (Error) that lists what exists.
 */
export function digestName(algorithm: unknown, call: string): string {
  const name =
    typeof algorithm === 'string'
      ? algorithm
          .toLowerCase()
          .replace(/^hmac-/, '')
          .replace(/^sha-/, 'sha')
      : '';
  const known = DIGESTS.find((each) => each === name);
  if (known) return known;
  throw new GuestError(
    'Error',
    `${call}: unknown algorithm ${quoted(algorithm)}; expected one of ${DIGESTS.join(', ')}`,
  );
}

/** @param key the secret of an HMAC; `null` for a plain hash. */
export function digest(algorithm: string, key: KeyObject | null, data: Buffer, call: string): Buffer {
  const name = digestName(algorithm, call);
  return key ? createHmac(name, key).update(data).digest() : hash(name, data, 'buffer');
}
