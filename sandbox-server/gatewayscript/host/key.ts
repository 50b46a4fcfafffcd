// The key of a signature, a MAC or a cipher, from what a script gave: a configured key object's name, bytes, or a JWK.
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { isObject } from '../context/value.ts';
import { GuestError, quoted } from './guest-error.ts';
import { configuredKey, parsedJson } from './key-configured.ts';
import { checkAsymmetric, checkLength, checkPem, isPem } from './key-limits.ts';

/** What the key is for: MAC and cipher, signing, or verifying. */
export type KeyUse = 'secret' | 'private' | 'public';

/** As the guest sends it: `name` with the script's line, bytes as Latin-1, a JWK as JSON text. */
export type KeySpec =
  | readonly ['name', name: string, line: unknown]
  | readonly ['bytes', latin1: string, passphrase: string | null]
  | readonly ['jwk', json: string];

/** What stands behind a key before it is known what it is used for. */
export type KeyMaterial =
  | { kind: 'secret'; bytes: Buffer }
  | { kind: 'pem'; pem: string; passphrase: string | null }
  | { kind: 'jwk'; jwk: { [name: string]: unknown } };

const WANTED = {
  secret: 'a shared secret',
  private: 'an RSA or EC private key, in PEM or as a JWK',
  public: 'an RSA or EC public key or a certificate, in PEM or as a JWK',
} as const;

/**
 * IBM documentation ("Key object usage"): a string names a key object, a Buffer or `{key, passphrase}` holds the key, a JWK is one.
 * A shared secret in a Buffer is taken as it is, as published scripts have it; IBM documentation says Base64 text.
 * @param configured the value of the API property of that name; see key-configured.ts
 * @throws GuestError (TypeError) that names the call, what was given and what was expected
 */
export function readKey(
  use: KeyUse,
  spec: KeySpec,
  call: string,
  configured: (name: string, line: unknown) => unknown,
): KeyObject {
  const given = spec[0] === 'name' ? `the key object ${quoted(spec[1])}` : 'the key';
  const material = materialOf(spec, use, call, configured);
  try {
    return keyObject(use, material, `${call}: ${given}`);
  } catch (error) {
    if (error instanceof GuestError) throw error;
    throw new GuestError(
      'TypeError',
      `${call}: ${given} cannot be read (${reason(error)}); expected ${WANTED[use]}`,
    );
  }
}

function materialOf(
  spec: KeySpec,
  use: KeyUse,
  call: string,
  configured: (name: string, line: unknown) => unknown,
): KeyMaterial {
  if (spec[0] === 'name') return configuredKey(spec[1], call, (name) => configured(name, spec[2]));
  if (spec[0] === 'jwk') return { kind: 'jwk', jwk: jwkOf(spec[1], call) };
  const bytes = Buffer.from(spec[1], 'latin1');
  return use === 'secret' && !isPem(spec[1])
    ? { kind: 'secret', bytes }
    : { kind: 'pem', pem: bytes.toString('utf8'), passphrase: spec[2] };
}

/** @throws GuestError, or whatever `node:crypto` says about a key that it cannot read. */
function keyObject(use: KeyUse, material: KeyMaterial, what: string): KeyObject {
  if (material.kind === 'jwk') checkLength(JSON.stringify(material.jwk), what);
  const unfit = (is: string) => new GuestError('TypeError', `${what} is ${is}; expected ${WANTED[use]}`);
  if (use === 'secret') {
    if (material.kind === 'secret') {
      if (material.bytes.length === 0) throw unfit('empty');
      return createSecretKey(material.bytes);
    }
    // A public key taken for a shared secret would let anyone sign: the oldest attack on JWS.
    if (material.kind === 'pem') throw unfit('in PEM, so no shared secret');
    if (material.jwk.kty !== 'oct') throw unfit(`a JWK of type ${quoted(material.jwk.kty)}`);
    const { k } = material.jwk;
    if (typeof k !== 'string' || !/^[A-Za-z0-9_-]+$/.test(k)) throw unfit("a JWK whose 'k' is not base64url");
    return createSecretKey(Buffer.from(k, 'base64url'));
  }
  if (material.kind === 'secret') throw unfit('a shared secret');
  const create = use === 'private' ? createPrivateKey : createPublicKey;
  if (material.kind === 'pem') {
    if (use === 'private' && /-----BEGIN (CERTIFICATE|(RSA )?PUBLIC KEY)-----/.test(material.pem))
      throw unfit('public');
    checkPem(material.pem, what);
    const { pem, passphrase } = material;
    return checkAsymmetric(
      create({ key: pem, format: 'pem', ...(passphrase !== null && { passphrase }) }),
      what,
    );
  }
  if (material.jwk.kty === 'oct') throw unfit('a shared secret');
  if (use === 'private' && material.jwk.d === undefined) throw unfit("a JWK without 'd', so a public key");
  return checkAsymmetric(create({ key: material.jwk, format: 'jwk' }), what);
}

function jwkOf(json: string, call: string): { [name: string]: unknown } {
  const jwk = parsedJson(json);
  if (!isObject(jwk))
    throw new GuestError('TypeError', `${call}: the JWK is ${quoted(json)}; expected an object`);
  return jwk;
}

/** What `node:crypto` says, without the numbers of its library. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^error:[0-9A-F]+:/, '').slice(0, 120);
}
