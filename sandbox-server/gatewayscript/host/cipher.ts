// Encryption for the guest's `crypto`: the guest gathers what `update` was given, and one call here does all of it.
import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createHmac,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { GuestError, quoted } from './guest-error.ts';

/** `node` is what Node calls the cipher; `mac` the digest of an Encrypt-then-MAC. */
type Shape = { keyBytes: number; ivBytes: number; tagBytes: number } & (
  | { mode: 'cbc'; node: string }
  | { mode: 'cbc-mac'; node: string; mac: string }
  | { mode: 'gcm'; node: CipherGCMTypes }
);

const cbc = (node: string, keyBytes: number, ivBytes: number): Shape => ({
  mode: 'cbc',
  node,
  keyBytes,
  ivBytes,
  tagBytes: 0,
});
/** RFC 7518 §5.2: the first half of the key is for the MAC, the second for AES; the tag is half a MAC. */
const cbcMac = (node: string, mac: string, keyBytes: number): Shape => ({
  mode: 'cbc-mac',
  node,
  mac,
  keyBytes,
  ivBytes: 16,
  tagBytes: keyBytes / 2,
});
const gcm = (node: CipherGCMTypes, keyBytes: number): Shape => ({
  mode: 'gcm',
  node,
  keyBytes,
  ivBytes: 12,
  tagBytes: 16,
});

/** The ten that IBM documentation lists for `createCipheriv`; sizes in bytes from RFC 7518 §5. */
const CIPHERS = new Map<string, Shape>([
  ['aes128-cbc', cbc('aes-128-cbc', 16, 16)],
  ['aes192-cbc', cbc('aes-192-cbc', 24, 16)],
  ['aes256-cbc', cbc('aes-256-cbc', 32, 16)],
  ['tripledes-cbc', cbc('des-ede3-cbc', 24, 8)],
  ['A128CBC-HS256', cbcMac('aes-128-cbc', 'sha256', 32)],
  ['A192CBC-HS384', cbcMac('aes-192-cbc', 'sha384', 48)],
  ['A256CBC-HS512', cbcMac('aes-256-cbc', 'sha512', 64)],
  ['A128GCM', gcm('aes-128-gcm', 16)],
  ['A192GCM', gcm('aes-192-gcm', 24)],
  ['A256GCM', gcm('aes-256-gcm', 32)],
]);

/** The bytes a cipher works on; `aad` and `tag` are empty where there is none. */
export interface CipherInput {
  iv: Buffer;
  aad: Buffer;
  data: Buffer;
  tag: Buffer;
}

/** Bytes of IV and tag. Names are case-sensitive (IBM documentation). @throws GuestError (Error) that lists what exists. */
export function cipherSizes(algorithm: unknown, call: string): { ivBytes: number; tagBytes: number } {
  const { ivBytes, tagBytes } = shapeOf(algorithm, call);
  return { ivBytes, tagBytes };
}

/** @throws GuestError (RangeError) where key or IV have the wrong length. */
export function encrypt(algorithm: string, key: KeyObject, input: CipherInput, call: string) {
  const shape = shapeOf(algorithm, call);
  const secret = secretOf(shape, algorithm, key, input.iv, call);
  if (shape.mode === 'gcm') {
    const cipher = createCipheriv(shape.node, secret, input.iv).setAAD(input.aad);
    const data = Buffer.concat([cipher.update(input.data), cipher.final()]);
    return { data, tag: cipher.getAuthTag() };
  }
  const cipher = createCipheriv(shape.node, shape.mode === 'cbc' ? secret : secondHalf(secret), input.iv);
  const data = Buffer.concat([cipher.update(input.data), cipher.final()]);
  return { data, tag: shape.mode === 'cbc' ? Buffer.alloc(0) : macTag(shape.mac, secret, input, data) };
}

/** @throws GuestError (RangeError) as `encrypt`; (Error) where the tag or the padding does not fit. */
export function decrypt(algorithm: string, key: KeyObject, input: CipherInput, call: string): Buffer {
  const shape = shapeOf(algorithm, call);
  const secret = secretOf(shape, algorithm, key, input.iv, call);
  if (input.tag.length !== shape.tagBytes)
    throw new GuestError(
      'RangeError',
      `${call}: ${algorithm} wants an authentication tag of ${shape.tagBytes} bytes, and ${input.tag.length} were set`,
    );
  if (shape.mode === 'cbc-mac' && !timingSafeEqual(macTag(shape.mac, secret, input, input.data), input.tag))
    throw new GuestError('Error', `${call}: ${NOT_AUTHENTIC}`);
  try {
    if (shape.mode === 'gcm') {
      const decipher = createDecipheriv(shape.node, secret, input.iv).setAAD(input.aad).setAuthTag(input.tag);
      return Buffer.concat([decipher.update(input.data), decipher.final()]);
    }
    const decipher = createDecipheriv(
      shape.node,
      shape.mode === 'cbc' ? secret : secondHalf(secret),
      input.iv,
    );
    return Buffer.concat([decipher.update(input.data), decipher.final()]);
  } catch {
    throw new GuestError(
      'Error',
      `${call}: ${shape.mode === 'gcm' ? NOT_AUTHENTIC : 'the data does not decrypt with this key and IV (wrong length or padding)'}`,
    );
  }
}

const NOT_AUTHENTIC =
  'the authentication tag does not fit: key, IV, AAD, tag or data differ from what was encrypted';

function shapeOf(algorithm: unknown, call: string): Shape {
  const shape = typeof algorithm === 'string' ? CIPHERS.get(algorithm) : undefined;
  if (shape) return shape;
  throw new GuestError(
    'Error',
    `${call}: unknown algorithm ${quoted(algorithm)}; expected one of ${[...CIPHERS.keys()].join(', ')}`,
  );
}

function secretOf(shape: Shape, algorithm: string, key: KeyObject, iv: Buffer, call: string): Buffer {
  const secret = key.export();
  const wrong = (what: string, has: number, wants: number) =>
    new GuestError('RangeError', `${call}: the ${what} has ${has} bytes; ${algorithm} wants ${wants}`);
  if (secret.length !== shape.keyBytes) throw wrong('key', secret.length, shape.keyBytes);
  if (iv.length !== shape.ivBytes) throw wrong('IV', iv.length, shape.ivBytes);
  return secret;
}

function secondHalf(secret: Buffer): Buffer {
  return secret.subarray(secret.length / 2);
}

/** RFC 7518 §5.2.2.1: over AAD, IV, ciphertext, and the AAD's length in bits as 64. */
function macTag(digest: string, secret: Buffer, { aad, iv }: CipherInput, ciphertext: Buffer): Buffer {
  const aadBits = Buffer.alloc(8);
  aadBits.writeBigUInt64BE(BigInt(aad.length) * 8n);
  const half = secret.length / 2;
  const mac = createHmac(digest, secret.subarray(0, half));
  return mac.update(aad).update(iv).update(ciphertext).update(aadBits).digest().subarray(0, half);
}
