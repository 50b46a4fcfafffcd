// Signs and verifies a token with one key: RSA and shared secrets as the runtime's own `jose` does, and ECDSA.
import { type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';
import {
  JWS_ALGORITHMS,
  jwsAlgorithm,
  jwsKeyUse,
  signJws,
  verifyJws,
} from '../../../gatewayscript/host/jws.ts';
import type { KeyUse } from '../../../gatewayscript/host/key.ts';
import { JwtError } from './jwt-error.ts';

/** Algorithm to curve and digest (RFC 7518 §3.4). */
const ECDSA = {
  ES256: { curve: 'prime256v1', digest: 'sha256' },
  ES384: { curve: 'secp384r1', digest: 'sha384' },
  ES512: { curve: 'secp521r1', digest: 'sha512' },
} as const;

/** The nine that IBM documents for jwt-generate. `none` is no algorithm here. */
export const ALGORITHMS = [...JWS_ALGORITHMS, 'ES256', 'ES384', 'ES512'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export function algorithmOf(name: unknown): Algorithm {
  const known = ALGORITHMS.find((each) => each === name);
  if (known) return known;
  throw new JwtError(
    `the algorithm is ${JSON.stringify(name) ?? 'missing'}; expected one of ${ALGORITHMS.join(', ')}`,
  );
}

/** The algorithm decides what kind of key it takes, never the key. */
export function keyUse(algorithm: Algorithm, signing: boolean): KeyUse {
  if (isEcdsa(algorithm)) return signing ? 'private' : 'public';
  return jwsKeyUse(jwsAlgorithm(algorithm, 'jwt'), signing);
}

/** A key that does not fit the algorithm verifies nothing. */
export function verifyToken(algorithm: Algorithm, key: KeyObject, input: Buffer, signature: Buffer): boolean {
  try {
    if (!isEcdsa(algorithm))
      return verifyJws(jwsAlgorithm(algorithm, 'jwt'), key, input, signature, 'jwt-validate');
    return verifyBytes(digestFor(algorithm, key), input, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch (error) {
    if (error instanceof GuestError || error instanceof JwtError) return false;
    throw error;
  }
}

/** @throws JwtError where the key does not sign with the algorithm */
export function signToken(algorithm: Algorithm, key: KeyObject, input: Buffer): Buffer {
  try {
    if (!isEcdsa(algorithm)) return signJws(jwsAlgorithm(algorithm, 'jwt'), key, input, 'jwt-generate');
    return signBytes(digestFor(algorithm, key), input, { key, dsaEncoding: 'ieee-p1363' });
  } catch (error) {
    if (error instanceof GuestError) throw new JwtError(error.message);
    throw error;
  }
}

function isEcdsa(algorithm: Algorithm): algorithm is keyof typeof ECDSA {
  return algorithm in ECDSA;
}

function digestFor(algorithm: keyof typeof ECDSA, key: KeyObject): string {
  const { curve, digest } = ECDSA[algorithm];
  const { namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec' && namedCurve === curve) return digest;
  throw new JwtError(
    `${algorithm} wants a key on the curve ${curve}; this one is ${namedCurve ?? key.asymmetricKeyType}`,
  );
}
