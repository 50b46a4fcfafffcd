// The policy `jwt-validate`: lets a request on whose token is signed with the right key, in time, and for whom it should be.

import type { KeyObject } from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { JsonObject } from '../../../gatewayscript/types.ts';
import type { DefinitionDocument } from '../../definition/document.ts';
import type { Finding } from '../../definition/rule.ts';
import { failed } from '../failure.ts';
import type { Policy, PolicyKind, Transaction } from '../policy.ts';
import { propertyReader, refers } from '../property-reader.ts';
import { commonProperties, writableName } from '../property-types.ts';
import { readVariable, writeVariable } from '../variable.ts';
import { checkClaim, checkTimes, compilePattern } from './claims.ts';
import { JwtError } from './jwt-error.ts';
import { checkKeys, keysFor } from './keys.ts';
import { algorithmOf, verifyToken } from './signature.ts';
import { readToken } from './token.ts';

const AUTHORIZATION = 'request.headers.authorization';

const documented = (description: string) => ({ description, standing: 'documented' }) as const;

export const jwtValidateProperties = z
  .looseObject({
    ...commonProperties,
    jwt: z
      .string()
      .default(AUTHORIZATION)
      .meta({
        ...documented(
          'The variable that holds the token. In an Authorization header it stands after the word Bearer.',
        ),
        examples: [AUTHORIZATION, 'request.parameters.token'],
      }),
    'output-claims': writableName
      .default('decoded.claims')
      .meta(documented('The variable that takes all claims of a valid token.')),
    'iss-claim': z.string().nullish().meta(documented('A regular expression that the claim iss must match.')),
    'aud-claim': z
      .string()
      .nullish()
      .meta(documented('A regular expression that the claim aud must match; of several audiences, one.')),
    'jws-crypto': z
      .string()
      .nullish()
      .meta(
        documented(
          'The crypto object with the key that verifies the signature; it goes before jws-jwk. In the lab: the API property of that name.',
        ),
      ),
    'jws-jwk': z
      .string()
      .nullish()
      .meta(documented('The variable that holds the key as a JWK, or a set of them.')),
    'jwe-crypto': z
      .string()
      .nullish()
      .meta({ ...documented('The crypto object that decrypts the token.'), effect: 'none' }),
    'jwe-jwk': z
      .string()
      .nullish()
      .meta({ ...documented('The variable with the JWK that decrypts the token.'), effect: 'none' }),
  })
  .meta(
    documented(
      'Checks a JSON Web Token: its signature, exp and nbf, and what iss-claim and aud-claim ask for. At a WebSocket it acts once, on the handshake.',
    ),
  );

const read = propertyReader(jwtValidateProperties);

const run: Policy = async (transaction, node) => {
  const properties = read(node, transaction);
  try {
    const token = readToken(tokenText(properties.jwt, transaction));
    const { header, claims } = token;
    const algorithm = algorithmOf(header.alg);
    const key = keysFor(algorithm, header.kid, false, properties, transaction).find((each) =>
      verifyToken(algorithm, each, token.input, token.signature),
    );
    if (!key) throw new JwtError('the signature is not of this key');
    if (header.jwk !== undefined && !isSameKey(header.jwk, key))
      throw new JwtError('the header has a jwk, which is another key');
    checkTimes(claims, Date.now());
    if (properties['iss-claim']) checkClaim('iss', claims.iss, properties['iss-claim']);
    if (properties['aud-claim']) checkClaim('aud', claims.aud, properties['aud-claim']);
    writeVariable(properties['output-claims'], claims, transaction);
    return { kind: 'next' };
  } catch (error) {
    if (!(error instanceof JwtError)) throw error;
    // As published assemblies read it in their catch.
    writeVariable('jwt-validate.error-message', error.message, transaction);
    // Which error and status the product gives is not published. Lab's choice: the one for what has no name of its own, and 401 (RFC 6750 §3).
    return failed(transaction, {
      name: 'RuntimeError',
      why: error.message,
      status: 401,
      moreInformation: 'The JWT is missing or not valid',
      headers: [['WWW-Authenticate', 'Bearer error="invalid_token"']],
    });
  }
};

export const jwtValidate: PolicyKind = {
  name: 'jwt-validate',
  versions: ['2.0.0'],
  properties: jwtValidateProperties,
  check: checkJwtValidate,
  run,
};

function tokenText(name: string, transaction: Transaction): string {
  const text = readVariable(name, transaction)?.trim();
  if (text === undefined || text === '') throw new JwtError(`there is no token in ${name}`);
  const bearer = /^Bearer +(.*)$/i.exec(text)?.[1];
  if (bearer === undefined && /\.headers\.authorization$/i.test(name))
    throw new JwtError(`${name} does not start with the word Bearer`);
  return bearer ?? text;
}

/** Whether a JWK that a token brings along is the key that verified it. */
function isSameKey(given: unknown, key: KeyObject): boolean {
  const brought = z.record(z.string(), z.unknown()).safeParse(given);
  const own = Object.entries(key.export({ format: 'jwk' })).filter(([name]) =>
    ['kty', 'n', 'e', 'crv', 'x', 'y', 'k'].includes(name),
  );
  return (
    brought.success &&
    own.every(([name, value]) => isSameText(String(brought.data[name] ?? ''), String(value)))
  );
}

function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function checkJwtValidate(properties: JsonObject, document: DefinitionDocument): Finding[] {
  const { data } = jwtValidateProperties.safeParse(properties);
  if (!data) return [];
  const findings = checkKeys('jwt-validate', data, document);
  for (const name of ['iss-claim', 'aud-claim'] as const) {
    const pattern = data[name];
    if (!pattern || refers(pattern)) continue;
    try {
      compilePattern(pattern);
    } catch (error) {
      if (!(error instanceof JwtError)) throw error;
      findings.push({
        severity: 'error',
        rule: 'jwt-pattern',
        message: `${name}: ${error.message}.`,
        path: [name],
      });
    }
  }
  return findings;
}
