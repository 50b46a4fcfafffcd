// The keys of the JWT policies: a crypto object by name, or a JWK or a set of them in a variable.
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';
import { type KeySpec, readKey } from '../../../gatewayscript/host/key.ts';
import type { DefinitionDocument } from '../../definition/document.ts';
import { propertiesOf } from '../../definition/properties.ts';
import type { Finding } from '../../definition/rule.ts';
import type { Transaction } from '../policy.ts';
import { refers } from '../property-reader.ts';
import { readVariable } from '../variable.ts';
import { JwtError } from './jwt-error.ts';
import { type Algorithm, keyUse } from './signature.ts';

export interface KeyProperties {
  'jws-crypto'?: string | null | undefined;
  'jws-jwk'?: string | null | undefined;
}

const jwk = z.looseObject({
  kid: z.string().optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
});
const jwks = z.looseObject({ keys: z.array(jwk) });

/** What deployment says of them: none, or a crypto object that is not there. */
export function checkKeys(
  policy: string,
  properties: KeyProperties,
  document: DefinitionDocument,
): Finding[] {
  const { 'jws-crypto': crypto, 'jws-jwk': variable } = properties;
  const rule = 'jwt-key';
  if (!crypto && !variable) {
    const message = `${policy} has no key. Name a crypto object in jws-crypto, or a variable with a JWK in jws-jwk.`;
    return [{ severity: 'warning', rule, message, path: [] }];
  }
  const name = crypto?.replace(/^name:/, '');
  if (!name || refers(name) || Object.hasOwn(propertiesOf(document), name)) return [];
  const message = `There is no crypto object ${name}: the lab takes it from the API property of that name, as PEM, a JWK or a secret.`;
  return [{ severity: 'warning', rule, message, path: ['jws-crypto'] }];
}

/** Keys of a set that are tried for one token. */
const MAX_TRIED = 10;

/** One key, or those of a set that may be meant; the crypto object goes before the JWK (IBM documentation). @throws JwtError */
export function keysFor(
  algorithm: Algorithm,
  kid: unknown,
  signing: boolean,
  properties: KeyProperties,
  transaction: Transaction,
): KeyObject[] {
  const { 'jws-crypto': crypto, 'jws-jwk': variable } = properties;
  if (crypto) return [read(algorithm, signing, ['name', crypto, null], transaction)];
  if (!variable) throw new JwtError('there is no key: neither jws-crypto nor jws-jwk is given');
  const text = readVariable(variable, transaction);
  if (text === undefined) throw new JwtError(`the variable ${variable} of jws-jwk has no value`);
  const found = fitting(parsed(text, variable), algorithm, kid);
  if (found.length === 0) throw new JwtError(`no key of ${variable} is for ${algorithm} and the token's kid`);
  return found.map((each) => read(algorithm, signing, ['jwk', JSON.stringify(each)], transaction));
}

function parsed(text: string, variable: string): z.output<typeof jwk>[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JwtError(`the variable ${variable} of jws-jwk is no JSON; expected a JWK or a set of them`);
  }
  const set = jwks.safeParse(value);
  if (set.success) return set.data.keys;
  const single = jwk.safeParse(value);
  if (single.success) return [single.data];
  throw new JwtError(`the variable ${variable} of jws-jwk is neither a JWK nor a set of them`);
}

/** By `kid` where the token has one, and what each key says it is for. A single key needs no `kid`. */
function fitting(keys: z.output<typeof jwk>[], algorithm: Algorithm, kid: unknown): z.output<typeof jwk>[] {
  const kinds = { H: 'oct', R: 'RSA', E: 'EC' };
  const kty = kinds[algorithm[0] === 'H' ? 'H' : algorithm[0] === 'R' ? 'R' : 'E'];
  const usable = keys.filter(
    (key) => key.kty === kty && (key.alg ?? algorithm) === algorithm && (key.use ?? 'sig') === 'sig',
  );
  const named = keys.length > 1 && typeof kid === 'string' ? usable.filter((key) => key.kid === kid) : usable;
  return named.slice(0, MAX_TRIED);
}

function read(algorithm: Algorithm, signing: boolean, spec: KeySpec, { api }: Transaction): KeyObject {
  const call = signing ? 'jwt-generate' : 'jwt-validate';
  try {
    return readKey(keyUse(algorithm, signing), spec, call, (name) =>
      Object.hasOwn(api.properties, name) ? api.properties[name] : undefined,
    );
  } catch (error) {
    if (error instanceof GuestError) throw new JwtError(error.message);
    throw error;
  }
}
