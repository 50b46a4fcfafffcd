// The policy `jwt-generate`: makes a signed token from variables.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../../gatewayscript/types.ts';
import type { DefinitionDocument } from '../../definition/document.ts';
import type { Finding } from '../../definition/rule.ts';
import { failed } from '../failure.ts';
import type { Policy, PolicyKind, Transaction } from '../policy.ts';
import { propertyReader, refers } from '../property-reader.ts';
import { commonProperties, flag, wholeNumber, writableName } from '../property-types.ts';
import { readVariable, writeVariable } from '../variable.ts';
import { JwtError } from './jwt-error.ts';
import { checkKeys, keysFor } from './keys.ts';
import { ALGORITHMS, algorithmOf, signToken } from './signature.ts';
import { writeToken } from './token.ts';

const documented = (description: string) => ({ description, standing: 'documented' }) as const;
const unused = (description: string) => ({ ...documented(description), effect: 'none' }) as const;
const variable = z.string().nullish();

export const jwtGenerateProperties = z
  .looseObject({
    ...commonProperties,
    jwt: z
      .union([z.literal(''), writableName])
      .nullish()
      .meta({
        ...documented(
          'The variable that takes the token; without one it goes into the Authorization header of the message, after the word Bearer.',
        ),
        examples: ['generated.jwt'],
      }),
    'jti-claim': flag.default(false).meta(documented('Whether the token gets an id of its own, in jti.')),
    'iss-claim': z.string().default('iss.claim').meta(documented('The variable that holds the issuer.')),
    'sub-claim': variable.meta(documented('The variable that holds the subject.')),
    'aud-claim': variable.meta(
      documented('The variable that holds the audience: text, several with commas between, or a list.'),
    ),
    'exp-claim': wholeNumber(1, 31_622_400)
      .default(3_600)
      .meta(documented('Seconds that the token is valid.')),
    'private-claims': variable.meta(documented('The variable that holds an object of further claims.')),
    'jws-alg': z
      .string()
      .nullish()
      .meta(documented(`The algorithm of the signature: ${ALGORITHMS.join(', ')}.`)),
    'jws-crypto': variable.meta(
      documented(
        'The crypto object with the key that signs; it goes before jws-jwk. In the lab: the API property of that name.',
      ),
    ),
    'jws-jwk': variable.meta(documented('The variable that holds the signing key as a JWK.')),
    'custom-kid-value-jws': variable.meta(documented('The kid in the header of the token.')),
    'jwe-alg': variable.meta(unused('The algorithm that encrypts the key.')),
    'jwe-enc': variable.meta(unused('The algorithm that encrypts the token.')),
    'jwe-crypto': variable.meta(unused('The crypto object that encrypts the token.')),
    'jwe-jwk': variable.meta(unused('The variable with the JWK that encrypts the token.')),
    'custom-kid-value-jwe': variable.meta(unused('The kid of the encrypting key.')),
  })
  .meta(documented('Makes a signed JSON Web Token from variables of the context.'));

type JwtGenerateProperties = z.output<typeof jwtGenerateProperties>;

const read = propertyReader(jwtGenerateProperties);

const run: Policy = async (transaction, node) => {
  const properties = read(node, transaction);
  try {
    const algorithm = algorithmOf(properties['jws-alg']);
    const kid = properties['custom-kid-value-jws'];
    const [key] = keysFor(algorithm, kid ?? undefined, true, properties, transaction);
    if (!key) throw new JwtError('there is no key');
    const header = { alg: algorithm, typ: 'JWT', ...(kid && { kid }) };
    const claims = claimsOf(properties, transaction);
    const token = writeToken(header, claims, (input) => signToken(algorithm, key, input));
    if (properties.jwt) writeVariable(properties.jwt, token, transaction);
    else writeVariable('message.headers.Authorization', `Bearer ${token}`, transaction);
    return { kind: 'next' };
  } catch (error) {
    if (!(error instanceof JwtError)) throw error;
    return failed(transaction, {
      name: 'RuntimeError',
      why: error.message,
      status: 500,
      moreInformation: '',
    });
  }
};

export const jwtGenerate: PolicyKind = {
  name: 'jwt-generate',
  versions: ['2.0.0'],
  properties: jwtGenerateProperties,
  check: checkJwtGenerate,
  run,
};

function claimsOf(properties: JwtGenerateProperties, transaction: Transaction): JsonObject {
  const own = properties['private-claims'];
  const now = Math.floor(Date.now() / 1_000);
  const iss = textOf(properties['iss-claim'], transaction);
  const sub = properties['sub-claim'] ? textOf(properties['sub-claim'], transaction) : undefined;
  const aud = properties['aud-claim'] ? audience(textOf(properties['aud-claim'], transaction)) : undefined;
  return {
    ...(own ? objectOf(own, transaction) : {}),
    ...(properties['jti-claim'] && { jti: randomUUID() }),
    iss,
    ...(sub !== undefined && { sub }),
    ...(aud !== undefined && { aud }),
    iat: now,
    exp: now + properties['exp-claim'],
  };
}

function textOf(name: string, transaction: Transaction): string {
  const value = readVariable(name, transaction);
  if (value === undefined) throw new JwtError(`the variable ${name} has no value`);
  return value;
}

/** One audience, or a list: of a variable that holds one, or from commas (IBM documentation). */
function audience(text: string): JsonValue {
  const list = z.array(z.string()).safeParse(jsonOf(text));
  const members = list.success ? list.data : text.split(',').map((each) => each.trim());
  return members.length === 1 ? (members[0] ?? '') : members;
}

function objectOf(name: string, transaction: Transaction): JsonObject {
  const claims = z
    .record(
      z.string(),
      z.custom<JsonValue>(() => true),
    )
    .safeParse(jsonOf(textOf(name, transaction)));
  if (claims.success) return claims.data;
  throw new JwtError(`the variable ${name} of private-claims holds no object`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkJwtGenerate(properties: JsonObject, document: DefinitionDocument): Finding[] {
  const { data } = jwtGenerateProperties.safeParse(properties);
  if (!data) return [];
  const findings = checkKeys('jwt-generate', data, document);
  const algorithm = data['jws-alg'];
  if (algorithm && (refers(algorithm) || ALGORITHMS.some((known) => known === algorithm))) return findings;
  const found = algorithm ? `has the algorithm ${algorithm}` : 'has no jws-alg';
  const message = `jwt-generate ${found}, so it makes no token. The lab has ${ALGORITHMS.join(', ')}.`;
  return [...findings, { severity: 'warning', rule: 'jwt-algorithm', message, path: ['jws-alg'] }];
}
