// A JSON Web Token in its compact form (RFC 7515 §3.1, RFC 7519): taken apart, and put together.
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../../gatewayscript/types.ts';
import { JwtError } from './jwt-error.ts';

/** Characters of a token: more than any head can carry. */
const MAX_CHARACTERS = 65_536;

const json = z.record(
  z.string(),
  z.custom<JsonValue>(() => true),
);

export interface Token {
  header: JsonObject;
  claims: JsonObject;
  signature: Buffer;
  /** What the signature is over. */
  input: Buffer;
}

/** Takes nothing for true: the signature is still to be verified. @throws JwtError */
export function readToken(text: string): Token {
  if (text.length > MAX_CHARACTERS)
    throw new JwtError(`the token has more than ${MAX_CHARACTERS} characters`);
  const parts = text.split('.');
  if (parts.length === 5) throw new JwtError('the token is encrypted (JWE), which the lab does not read');
  const [header = '', claims = '', signature = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_-]*$/.test(part)))
    throw new JwtError('the token is not three parts in base64url with dots between them');
  return {
    header: part(header, 'header'),
    claims: part(claims, 'payload'),
    signature: Buffer.from(signature, 'base64url'),
    input: Buffer.from(`${header}.${claims}`, 'ascii'),
  };
}

/** `sign` gives the signature over what stands before it. */
export function writeToken(header: JsonObject, claims: JsonObject, sign: (input: Buffer) => Buffer): string {
  const input = [header, claims]
    .map((each) => Buffer.from(JSON.stringify(each)).toString('base64url'))
    .join('.');
  return `${input}.${sign(Buffer.from(input, 'ascii')).toString('base64url')}`;
}

function part(encoded: string, what: string): JsonObject {
  try {
    return json.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    throw new JwtError(`the token's ${what} is no JSON object`);
  }
}
