// Signatures of JWS for the guest's `jose` and `jwt` (RFC 7515, algorithms of RFC 7518 §3).
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { GuestError, quoted } from './guest-error.ts';
import type { KeyUse } from './key.ts';
import { sign, verify } from './signature.ts';

/** The six that IBM's own samples list. */
export const JWS_ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'] as const;

type JwsAlgorithm = (typeof JWS_ALGORITHMS)[number];

/** `none` is no algorithm here: an unsecured JWS is never signed and never verifies. @throws GuestError that lists what exists. */
export function jwsAlgorithm(name: unknown, call: string): JwsAlgorithm {
  const known = JWS_ALGORITHMS.find((each) => each === name);
  if (known) return known;
  throw new GuestError(
    'Error',
    `${call}: the header's "alg" is ${quoted(name)}; expected one of ${JWS_ALGORITHMS.join(', ')}`,
  );
}

/** The algorithm decides what kind of key it takes, never the key: else a public key would serve as a secret. */
export function jwsKeyUse(algorithm: JwsAlgorithm, signing: boolean): KeyUse {
  return algorithm.startsWith('HS') ? 'secret' : signing ? 'private' : 'public';
}

/** `input` is the JWS signing input: header and payload in base64url with a dot between. */
export function signJws(algorithm: JwsAlgorithm, key: KeyObject, input: Buffer, call: string): Buffer {
  return algorithm.startsWith('HS')
    ? mac(algorithm, key, input)
    : sign(`rsa-${digestOf(algorithm)}`, key, input, call);
}

export function verifyJws(
  algorithm: JwsAlgorithm,
  key: KeyObject,
  input: Buffer,
  signature: Buffer,
  call: string,
): boolean {
  if (!algorithm.startsWith('HS')) return verify(`rsa-${digestOf(algorithm)}`, key, input, signature, call);
  const expected = mac(algorithm, key, input);
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

function mac(algorithm: JwsAlgorithm, key: KeyObject, input: Buffer): Buffer {
  return createHmac(digestOf(algorithm), key).update(input).digest();
}

function digestOf(algorithm: JwsAlgorithm): string {
  return `sha${algorithm.slice(2)}`;
}
