import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileDefinition } from '../../definition/compile.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../../started-gateway.fixture.ts';
import { ask } from '../plain-request.fixture.ts';
import { ALGORITHMS } from './signature.ts';
import { freshKey, tokenOf } from './signed-token.fixture.ts';

const word = () => randomBytes(6).toString('hex');
const now = () => Math.floor(Date.now() / 1_000);
const validating = (more: string[] = ['jws-crypto: key']) =>
  ['- jwt-validate:', '    version: 2.0.0', ...more.map((line) => `    ${line}`)].join('\n');
const tellClaims = scriptPolicy("context.message.body.write(context.get('decoded.claims'));");
const property = (key: unknown) => `  properties: {key: {value: ${JSON.stringify(key)}}}`;

let lab: StartedGateway;
beforeEach(async () => {
  lab = await startGateway();
});
afterEach(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});

const bearing = (token: string) => ask(lab, { headers: { Authorization: `Bearer ${token}` } });
const why = () => lab.told('gateway-log').at(-1)?.text;

describe('jwt-validate', () => {
  it.each(ALGORITHMS)(
    '%s: takes a token of the key, gives its claims, and refuses one of another key',
    async (algorithm) => {
      const [key, other] = [freshKey(algorithm), freshKey(algorithm)];
      lab.deploy(definitionText('/one', `${validating()}\n${tellClaims}`, property(key.verifying)));
      const claims = { sub: word(), [word()]: [word(), 1, null] };
      const good = await bearing(tokenOf(key, claims));
      expect([good.status, JSON.parse(good.body)]).toEqual([200, claims]);
      const bad = await bearing(tokenOf(other, claims));
      expect([bad.status, bad.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
      expect(why()).toBe('RuntimeError: the signature is not of this key');
    },
  );

  it('a token that was changed in any part is refused', async () => {
    const key = freshKey('HS256');
    lab.deploy(definitionText('/one', validating(), property(key.verifying)));
    const token = tokenOf(key, { sub: word() });
    const parts = token.split('.');
    for (const [i, part] of parts.entries()) {
      const changed = `${part.slice(0, 3)}${part[3] === 'A' ? 'B' : 'A'}${part.slice(4)}`;
      expect((await bearing(parts.with(i, changed).join('.'))).status).toBe(401);
    }
    expect((await bearing(token)).status).toBe(200);
  });

  const key = freshKey('HS256');
  const rsa = freshKey('RS256');
  const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const cases: [string, () => string, string][] = [
    ['no algorithm', () => `${text({ alg: 'none' })}.${text({})}.`, 'the algorithm is "none"'],
    [
      'an algorithm for another kind of key',
      () => tokenOf({ ...rsa, algorithm: 'RS256' }, {}),
      'shared secret',
    ],
    ['what has expired', () => tokenOf(key, { exp: now() }), 'has expired'],
    ['what is not valid yet', () => tokenOf(key, { nbf: now() + 60 }), 'not valid yet'],
    ['an exp that is no number', () => tokenOf(key, { exp: 'soon' }), 'expected a number'],
    ['four parts', () => `${tokenOf(key, {})}.a`, 'three parts'],
    ['an encrypted one', () => 'a.b.c.d.e', 'encrypted'],
    ['claims that are a list', () => tokenOf(key, []), 'payload is no JSON object'],
    [
      'a header with another key',
      () => tokenOf(key, {}, { jwk: freshKey('HS256').verifying }),
      'another key',
    ],
    ['nothing', () => '', 'does not start with the word Bearer'],
  ];
  it.each(cases)('refuses %s', async (_, token, reason) => {
    lab.deploy(definitionText('/one', validating(), property(key.verifying)));
    expect((await bearing(token())).status).toBe(401);
    expect(why()).toContain(reason);
  });

  it('takes what expires later, is valid since now, and brings its own key along', async () => {
    lab.deploy(definitionText('/one', validating(), property(key.verifying)));
    const token = tokenOf(key, { exp: now() + 600, nbf: now() - 1 }, { jwk: key.verifying });
    expect((await bearing(token)).status).toBe(200);
  });

  it.each([
    ['iss-claim: ^https://idp', { iss: 'https://idp.example' }, { iss: 'http://idp.example' }],
    ['iss-claim: $(request.headers.x-idp)', { iss: 'own' }, { iss: 'other' }],
    ['aud-claim: chat', { aud: ['mail', 'chat'] }, { aud: ['mail'] }],
    ['aud-claim: ^chat$', { aud: 'chat' }, {}],
  ])('%s lets %j in and keeps %j out', async (line, good, bad) => {
    lab.deploy(definitionText('/one', validating(['jws-crypto: key', line]), property(key.verifying)));
    const statuses = [good, bad].map(async (claims) => {
      const headers = { Authorization: `Bearer ${tokenOf(key, claims)}`, 'X-Idp': '^own$' };
      return (await ask(lab, { headers })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 401]);
  });

  it('finds the key of a set by the kid of the token', async () => {
    const keys = ['RS256', 'ES256', 'ES256'].map((algorithm, i) => ({
      ...freshKey(algorithm),
      kid: `k${i}`,
    }));
    const set = { keys: keys.map(({ verifying, kid }) => ({ ...verifying, kid })) };
    const script = scriptPolicy(`context.set('set', ${JSON.stringify(set)});`);
    lab.deploy(definitionText('/one', `${script}\n${validating(['jws-jwk: set'])}`));
    for (const { kid, ...each } of keys) expect((await bearing(tokenOf(each, {}, { kid }))).status).toBe(200);
    const [first, second] = keys;
    if (!first || !second) throw new Error('no keys');
    expect((await bearing(tokenOf(second, {}, { kid: 'k2' }))).status).toBe(401);
    expect((await bearing(tokenOf(first, {}, { kid: 'k9' }))).status).toBe(401);
    expect(why()).toContain('no key of set is for RS256');
  });
});

describe('jwt-validate in front of a handshake', () => {
  const key = freshKey('ES256');
  it.each([
    ['websocket-upgrade', upgradePolicy()],
    ['a scripted 101', scriptPolicy(handshakeScript())],
  ])('%s: a handshake is accepted with a token and refused without', async (_, last) => {
    lab.deploy(definitionText('/one', `${validating()}\n${last}`, property(key.verifying)));
    const headers = { Authorization: `Bearer ${tokenOf(key, { sub: word() })}` };
    const socket = lab.connect('/maple/sandbox/one', [], { headers });
    await once(socket, 'open');
    const [, response] = await once(lab.connect('/maple/sandbox/one'), 'unexpected-response');
    expect([response.statusCode, response.headers['www-authenticate']]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
    response.resume();
    socket.terminate();
    await lab.tells('connection-closed');
  });

  it('a browser, which sets no headers, brings its token in the query', async () => {
    const policy = validating(['jws-crypto: key', 'jwt: request.parameters.token']);
    lab.deploy(definitionText('/one', `${policy}\n${upgradePolicy()}`, property(key.verifying)));
    const socket = lab.connect(`/maple/sandbox/one?token=${tokenOf(key, {})}`);
    await once(socket, 'open');
    socket.terminate();
    await lab.tells('connection-closed');
  });
});

it.each([
  ['no key', [], 'warning', 'jwt-key'],
  ['a crypto object that is not there', ['jws-crypto: other'], 'warning', 'jwt-key'],
  ['a pattern that cannot be used', ['jws-crypto: key', 'iss-claim: (?=a)'], 'error', 'jwt-pattern'],
  [
    'a pattern that is too long',
    ['jws-crypto: key', `aud-claim: ${'a'.repeat(257)}`],
    'error',
    'jwt-pattern',
  ],
  ['decryption', ['jws-crypto: key', 'jwe-jwk: own'], 'info', 'not-emulated'],
  [
    'an output that is read-only',
    ['jws-crypto: key', 'output-claims: request.claims'],
    'error',
    'property-type',
  ],
])('deployment tells %s', (_, lines, severity, rule) => {
  const text = definitionText('/one', validating(lines), property('secret'));
  const { diagnostics } = compileDefinition(text, 'one');
  expect(diagnostics.filter(({ path }) => path.includes('jwt-validate'))).toMatchObject([{ severity, rule }]);
});
