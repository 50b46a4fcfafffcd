// The host calls behind the guest's `crypto`, `jose` and `jwt`: arguments checked, keys read, bytes bounded.
import { type KeyObject, randomBytes } from 'node:crypto';
import { HASH_MAX_BYTES, RANDOM_MAX_BYTES } from '../limits.ts';
import { lineWithin, list, pieceOf, text } from './arguments.ts';
import { type CipherInput, cipherSizes, decrypt, encrypt } from './cipher.ts';
import { GuestError, quoted } from './guest-error.ts';
import { digest, digestName } from './hash.ts';
import type { HostCall, RunState } from './host-calls.ts';
import { jwsAlgorithm, jwsKeyUse, signJws, verifyJws } from './jws.ts';
import { type KeySpec, type KeyUse, readKey } from './key.ts';
import { sign, signatureName, verify } from './signature.ts';

/** Bytes go over as Latin-1 characters; `call` is the script's call, for errors. Keys come as a `KeySpec`, data as pieces. */
export const cryptoCalls: { [name: string]: HostCall } = {
  digestName: (_run, [algorithm, call]) => digestName(algorithm, text(call)),

  digest: (run, [algorithm, key, pieces, encoding, call]) => {
    const secret = key === null ? null : keyOf(run, 'secret', key, call);
    const bytes = digest(text(algorithm), secret, bytesOf(pieces, text(call)), text(call));
    return bytes.toString(encoding === 'base64' ? 'base64' : encoding === 'hex' ? 'hex' : 'latin1');
  },

  signatureName: (_run, [algorithm, call]) => signatureName(algorithm, text(call)),

  sign: (run, [algorithm, key, pieces, call]) =>
    latin1(sign(text(algorithm), keyOf(run, 'private', key, call), bytesOf(pieces, text(call)), text(call))),

  verify: (run, [algorithm, key, pieces, signature, call]) => {
    const data = bytesOf(pieces, text(call));
    return verify(text(algorithm), keyOf(run, 'public', key, call), data, bytes(signature), text(call));
  },

  cipherSizes: (_run, [algorithm, call]) => cipherSizes(algorithm, text(call)),

  /** Reads a secret only to say early whether it is one. */
  checkSecret: (run, [key, call]) => {
    keyOf(run, 'secret', key, call);
    return undefined;
  },

  encrypt: (run, [algorithm, key, input, call]) => {
    const given = cipherInput(input, text(call));
    const { data, tag } = encrypt(text(algorithm), keyOf(run, 'secret', key, call), given, text(call));
    return [latin1(data), latin1(tag)];
  },

  decrypt: (run, [algorithm, key, input, call]) => {
    const given = cipherInput(input, text(call));
    return latin1(decrypt(text(algorithm), keyOf(run, 'secret', key, call), given, text(call)));
  },

  signJws: (run, [alg, key, input, call]) => {
    const algorithm = jwsAlgorithm(alg, text(call));
    const signingKey = keyOf(run, jwsKeyUse(algorithm, true), key, call);
    return latin1(signJws(algorithm, signingKey, bytesOf([input], text(call)), text(call)));
  },

  verifyJws: (run, [alg, key, input, signature, call]) => {
    const algorithm = jwsAlgorithm(alg, text(call));
    const verifyingKey = keyOf(run, jwsKeyUse(algorithm, false), key, call);
    const signed = bytesOf([input], text(call));
    return verifyJws(algorithm, verifyingKey, signed, bytes(signature), text(call));
  },

  randomBytes: (_run, [size, call]) => {
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > RANDOM_MAX_BYTES)
      throw new GuestError(
        'RangeError',
        `${text(call)}: the size is ${quoted(size)}; expected a whole number from 0 to ${RANDOM_MAX_BYTES}`,
      );
    return latin1(randomBytes(size));
  },

  /** 32 random bits, for `Math.random`. */
  random: () => randomBytes(4).readUInt32LE(),
};

/** Named keys of each run that have been read, so that its trace shows each once, as the API property that it is. */
const namedKeys = new WeakMap<RunState, Map<string, unknown>>();

function keyOf(run: RunState, use: KeyUse, given: unknown, call: unknown): KeyObject {
  const known = namedKeys.get(run) ?? new Map<string, unknown>();
  namedKeys.set(run, known);
  return readKey(use, keySpecOf(given), text(call), (name, line) => {
    if (known.has(name)) return known.get(name);
    const value = run.context.get(['api', 'properties', name], lineWithin(run.lines, line));
    // What is not there is not kept: scripts may ask for any number of names.
    if (value !== undefined) known.set(name, value);
    return value;
  });
}

function keySpecOf(given: unknown): KeySpec {
  const [kind, content, more] = list(given);
  if (kind === 'name') return ['name', text(content), more];
  if (kind === 'jwk') return ['jwk', text(content)];
  return ['bytes', text(content), more === null ? null : text(more)];
}

function cipherInput(given: unknown, call: string): CipherInput {
  const [iv, aad, pieces, tag] = list(given);
  return { iv: bytes(iv), aad: bytes(aad), data: bytesOf(pieces, call), tag: bytes(tag) };
}

/** All pieces in one. @throws GuestError (RangeError) where that is more than one call may cover. */
function bytesOf(given: unknown, call: string): Buffer {
  const pieces = list(given).map((piece) => {
    const [encoding, content] = pieceOf(piece);
    return Buffer.from(content, encoding);
  });
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (size > HASH_MAX_BYTES)
    throw new GuestError('RangeError', `${call}: ${size} bytes; at most ${HASH_MAX_BYTES} in one call`);
  return Buffer.concat(pieces, size);
}

function bytes(given: unknown): Buffer {
  return Buffer.from(text(given), 'latin1');
}

function latin1(given: Buffer): string {
  return given.toString('latin1');
}
