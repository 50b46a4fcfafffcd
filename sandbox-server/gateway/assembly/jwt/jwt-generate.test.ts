import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileDefinition } from '../../definition/compile.ts';
import {
  definitionText,
  type StartedGateway,
  scriptPolicy,
  startGateway,
} from '../../started-gateway.fixture.ts';
import { ask } from '../plain-request.fixture.ts';
import { ALGORITHMS } from './signature.ts';
import { freshKey, partsOf } from './signed-token.fixture.ts';

const word = () => randomBytes(6).toString('hex');
const policy = (name: string, more: string[]) =>
  [`- ${name}:`, '    version: 2.0.0', ...more.map((line) => `    ${line}`)].join('\n');
const set = (variables: object) =>
  scriptPolicy(
    Object.entries(variables)
      .map(([name, value]) => `context.set(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
      .join('\n'),
  );
const properties = (values: object) =>
  `  properties: ${JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])))}`;

let lab: StartedGateway;
beforeEach(async () => {
  lab = await startGateway();
});
afterEach(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});

describe('jwt-generate', () => {
  it.each(ALGORITHMS)('%s: jwt-validate takes what it makes', async (algorithm) => {
    const key = freshKey(algorithm);
    const [iss, sub] = [word(), word()];
    const policies = [
      set({ 'iss.claim': iss, who: sub }),
      policy('jwt-generate', [
        `jws-alg: ${algorithm}`,
        'jws-crypto: signing',
        'sub-claim: who',
        'jwt: generated.jwt',
      ]),
      policy('jwt-validate', ['jws-crypto: verifying', 'jwt: generated.jwt', `iss-claim: ^${iss}$`]),
      scriptPolicy("context.message.body.write(context.get('decoded.claims'));"),
    ].join('\n');
    lab.deploy(
      definitionText('/one', policies, properties({ signing: key.signing, verifying: key.verifying })),
    );
    expect(JSON.parse((await ask(lab)).body)).toMatchObject({ iss, sub });
  });

  it('puts all that it is asked for into the token, and without a variable into the Authorization header', async () => {
    // The name of the key begins with a letter: YAML reads digits as a number.
    const [iss, kid, extra] = [word(), `k${word()}`, word()];
    const policies = [
      set({ 'iss.claim': iss, audience: 'mail, chat', more: { extra, iss: 'not this' } }),
      policy('jwt-generate', [
        'jws-alg: HS256',
        'jws-crypto: secret',
        'jti-claim: true',
        'aud-claim: audience',
        'exp-claim: 60',
        'private-claims: more',
        `custom-kid-value-jws: ${kid}`,
      ]),
      scriptPolicy("context.message.body.write(context.get('message.headers.Authorization'));"),
    ].join('\n');
    lab.deploy(definitionText('/one', policies, properties({ secret: word() })));
    const before = Math.floor(Date.now() / 1_000);
    const { body } = await ask(lab);
    const after = Math.floor(Date.now() / 1_000);
    const { header, claims } = partsOf(body.replace('Bearer ', ''));
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid });
    const iat = expect.toSatisfy((at: number) => at >= before && at <= after);
    const exp = expect.toSatisfy((at: number) => at >= before + 60 && at <= after + 60);
    const jti = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(claims).toEqual({ iss, aud: ['mail', 'chat'], iat, exp, jti, extra });
  });

  it.each([
    ['no algorithm', ['jws-crypto: secret'], 'the algorithm is missing'],
    ['no key', ['jws-alg: HS256'], 'there is no key'],
    ['no issuer', ['jws-alg: HS256', 'jws-crypto: secret'], 'the variable iss.claim has no value'],
    ['a key of another kind', ['jws-alg: RS256', 'jws-crypto: secret'], 'is a shared secret'],
  ])('with %s it fails, and says why in the log alone', async (_, lines, why) => {
    lab.deploy(definitionText('/one', policy('jwt-generate', lines), properties({ secret: word() })));
    const { status, body } = await ask(lab);
    expect([status, JSON.parse(body).moreInformation]).toEqual([500, '']);
    expect(lab.told('gateway-log').at(-1)?.text).toContain(why);
  });
});

it.each([
  ['no key', ['jws-alg: HS256'], 'jwt-key'],
  ['a crypto object that is not there', ['jws-alg: HS256', 'jws-crypto: other'], 'jwt-key'],
  ['no algorithm', ['jws-crypto: secret'], 'jwt-algorithm'],
  ['none as algorithm', ['jws-crypto: secret', 'jws-alg: none'], 'jwt-algorithm'],
])('deployment tells %s', (_, lines, rule) => {
  const text = definitionText('/one', policy('jwt-generate', lines), properties({ secret: word() }));
  const { diagnostics } = compileDefinition(text, 'one');
  expect(diagnostics).toMatchObject([{ severity: 'warning', rule }]);
});
