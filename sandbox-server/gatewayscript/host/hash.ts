// Digests for the guest's `crypto`: it sends what was given to `update`, this side computes, nothing is kept between calls.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { HASH_MAX_BYTES } from '../limits.ts';
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

/** @returns the digest's bytes as Latin-1 characters. `key` is `null` for a plain hash. */
export function digest(algorithm: string, key: Piece | null, pieces: readonly Piece[], call: string): Buffer {
  const name = digestName(algorithm, call);
  const hash: Hash | Hmac = key ? createHmac(name, Buffer.from(key[1], key[0])) : createHash(name);
  let bytes = 0;
  for (const [encoding, text] of pieces) {
    const piece = Buffer.from(text, encoding);
    bytes += piece.length;
    if (bytes > HASH_MAX_BYTES)
      throw new GuestError('RangeError', `${call}: more than ${HASH_MAX_BYTES} bytes in one digest`);
    hash.update(piece);
  }
  return hash.digest();
}
