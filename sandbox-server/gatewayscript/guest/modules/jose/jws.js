// A JWS in parts: made from a header and a payload, taken apart, and checked (RFC 7515 §5).

import { bytesIn } from '../../buffers.js';
import { latin1 } from '../../host.js';
import { keySpec } from '../crypto/key.js';
import { kindOf } from '../crypto/pieces.js';
import { decode, encode } from './base64url.js';
import { keyOfSet } from './key-of-set.js';

const { keys, assign } = Object;
const { parse, stringify } = JSON;

/** @returns `{payload, protected, header, signature}`: base64url, but for the unprotected `header`, which may be `undefined` */
export function signPart({ host, Buffer }, header, payload, call) {
  const unprotectedPart = header.getUnprotected();
  const joseHeader = assign({}, unprotectedPart, header.getProtected());
  const protectedText = encode(Buffer.from(stringify(header.getProtected()), 'utf8'));
  const payloadText = encode(payload);
  const key = keySpec(keyOfSet(header.getKey(), joseHeader, call), call);
  const input = ['latin1', `${protectedText}.${payloadText}`];
  const signature = Buffer.from(host.call('signJws', named(joseHeader.alg), key, input, call), 'latin1');
  return {
    payload: payloadText,
    protected: protectedText,
    header: keys(unprotectedPart).length > 0 ? unprotectedPart : undefined,
    signature: encode(signature),
  };
}

/** RFC 7515 §7.1: the compact form has no place for an unprotected header. */
export function compact(part, call) {
  if (part.header !== undefined)
    throw new Error(
      `${call}: the compact form has no unprotected header; set its parameters with setProtected, or sign as 'json'`,
    );
  return `${part.protected}.${part.payload}.${part.signature}`;
}

/**
 * Takes compact text, or either JSON form as text, Buffer or object, apart.
 * @returns `{payload: Buffer, signatures: [{protected, header, protectedText, payloadText, signature: Buffer}]}`
 * @throws TypeError that says what is missing
 */
export function parseJws(Buffer, jws, call) {
  const bytes = bytesIn(jws);
  const given = bytes ? bytes.toString('utf8') : jws;
  const parts =
    typeof given === 'string' && !given.trim().startsWith('{')
      ? compactParts(given.trim(), call)
      : jsonParts(typeof given === 'string' ? json(given, call, 'JWS') : given, call);
  const [{ payload }] = parts;
  return {
    payload: decode(Buffer, payload, call, 'payload'),
    signatures: parts.map((part) => ({
      protected:
        part.protected === undefined || part.protected === ''
          ? {}
          : object(decode(Buffer, part.protected, call, 'protected header'), call),
      header: part.header ?? {},
      protectedText: part.protected ?? '',
      payloadText: payload,
      signature: decode(Buffer, part.signature, call, 'signature'),
    })),
  };
}

/** @returns whether the signature fits. @throws where key or header are unfit to tell */
export function verifyPart({ host }, part, givenKey, call) {
  const header = assign({}, part.header, part.protected);
  // RFC 7515 §4.1.11: what a sender calls critical must be understood, and the lab understands no extension.
  if (header.crit !== undefined)
    throw new Error(
      `${call}: the header calls ${stringify(header.crit)} critical, and the lab understands no extension`,
    );
  const key = keySpec(keyOfSet(givenKey, header, call), call);
  const input = ['latin1', `${part.protectedText}.${part.payloadText}`];
  return host.call('verifyJws', named(header.alg), key, input, latin1(part.signature), call);
}

function compactParts(text, call) {
  const parts = text.split('.');
  if (parts.length !== 3)
    throw new TypeError(`${call}: a compact JWS has 3 parts with dots between; this has ${parts.length}`);
  return [{ protected: parts[0], payload: parts[1], signature: parts[2] }];
}

function jsonParts(jws, call) {
  if (typeof jws !== 'object' || jws === null)
    throw new TypeError(`${call}: the JWS is ${kindOf(jws)}; expected a string, a Buffer or an object`);
  const signatures = jws.signatures === undefined ? [jws] : jws.signatures;
  if (typeof jws.payload !== 'string' || !Array.isArray(signatures) || signatures.length === 0)
    throw new TypeError(`${call}: a JWS in JSON has a payload and at least one signature`);
  return signatures.map((each) => {
    if (each?.header !== undefined && (typeof each.header !== 'object' || each.header === null))
      throw new TypeError(`${call}: the unprotected header is ${kindOf(each.header)}; expected an object`);
    return { ...each, payload: jws.payload };
  });
}

function object(bytes, call) {
  const value = json(bytes.toString('utf8'), call, 'protected header');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`${call}: the protected header is not a JSON object`);
}

export function json(text, call, what) {
  try {
    return parse(text);
  } catch (error) {
    throw new TypeError(
      `${call}: the ${what} ${stringify(text.slice(0, 40))} is not JSON (${error.message})`,
    );
  }
}

function named(alg) {
  return typeof alg === 'string' ? alg.slice(0, 100) : kindOf(alg);
}
