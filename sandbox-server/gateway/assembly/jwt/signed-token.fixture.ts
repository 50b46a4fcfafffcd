// Tokens and keys for tests, made with Node's own crypto and none of the policies' code.
import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface TestKey {
  algorithm: string;
  /** What a verifier is given, as a JWK. */
  verifying: object;
  signing: object;
  sign(input: string): Buffer;
}

const CURVES: Record<string, string> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

export function freshKey(algorithm: string): TestKey {
  const digest = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS')) {
    const secret = randomBytes(48);
    const jwk = { kty: 'oct', k: secret.toString('base64url') };
    return {
      algorithm,
      verifying: jwk,
      signing: jwk,
      sign: (input) => createHmac(digest, secret).update(input).digest(),
    };
  }
  const namedCurve = CURVES[algorithm];
  const pair: { publicKey: KeyObject; privateKey: KeyObject } =
    namedCurve === undefined
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ec', { namedCurve });
  return {
    algorithm,
    verifying: pair.publicKey.export({ format: 'jwk' }),
    signing: pair.privateKey.export({ format: 'jwk' }),
    sign: (input) => sign(digest, Buffer.from(input), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function tokenOf(key: TestKey, claims: unknown, header: object = {}): string {
  const input = `${encoded({ alg: key.algorithm, ...header })}.${encoded(claims)}`;
  return `${input}.${key.sign(input).toString('base64url')}`;
}

export function partsOf(token: string): { header: unknown; claims: unknown } {
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  return { header, claims };
}
