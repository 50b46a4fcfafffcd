import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { compileDefinition } from '../../definition/compile.ts';
import {
  definitionText,
  handshakeScript,
  scriptPolicy,
  upgradePolicy,
} from '../../started-gateway.fixture.ts';
import { closeTarget, refused, switching, type Target, withTarget } from '../one-target.fixture.ts';
import { ask } from '../plain-request.fixture.ts';

afterEach(closeTarget);

const word = () => randomBytes(6).toString('hex');
const securing = (...more: string[]) =>
  ['- user-security:', '    version: 2.0.0', ...more.map((line) => `    ${line}`)].join('\n');
const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const tellUser = scriptPolicy("context.message.body.write(JSON.stringify(context.get('user') || null));");
const registry = (users: object) => `  properties: {users: {value: ${JSON.stringify(users)}}}`;
const [user, password] = [word(), `${word()}:ü`];

/** A server that knows one user, and what it was asked. */
function authServer() {
  const seen: IncomingHttpHeaders[] = [];
  const onRequest: Target['onRequest'] = (request, response) => {
    seen.push(request.headers);
    const good =
      request.method === 'GET' && request.headers.authorization === basic(user, password).Authorization;
    response.writeHead(good ? 200 : 403, {
      'X-API-Authenticated-Credential': `cn=${user}`,
      'x-api-plan': 'gold',
      'X-Other': '1',
    });
    response.end();
  };
  return { seen, target: { onRequest, onUpgrade: switching() } };
}

describe('user-security', () => {
  it('asks the server at auth-url, and tells who it is', async () => {
    const { target, seen } = authServer();
    const policy = securing('user-auth-method: auth-url', 'auth-url: http://backend:8080/check');
    const started = await withTarget(target, `${policy}\n${tellUser}`);
    const headers = {
      ...basic(user, password),
      'X-Mark': 'm',
      Cookie: 'a=b',
      'X-Client-Certificate': 'c',
      Accept: 'd',
    };
    const answer = await ask(started, { headers });
    expect(JSON.parse(answer.body)).toEqual({
      default: {
        ei: { success: true, username: user },
        au: {
          success: true,
          credential: `cn=${user}`,
          headers: { 'X-API-Authenticated-Credential': `cn=${user}`, 'x-api-plan': 'gold' },
        },
        az: { success: true },
      },
    });
    expect(seen).toMatchObject([{ host: 'backend:8080', 'x-mark': 'm', cookie: 'a=b' }]);
    expect(seen[0]).not.toHaveProperty('x-client-certificate');
    expect(seen[0]).not.toHaveProperty('accept');
  });

  it.each([
    ['another password', basic(user, word()), 'answered 403'],
    ['no credentials', {}, 'no Authorization header'],
    ['a bearer token', { Authorization: 'Bearer abc' }, 'not Basic'],
    ['no colon', { Authorization: `Basic ${Buffer.from('abc').toString('base64')}` }, 'colon'],
    ['no user name', basic('', password), 'colon'],
  ])('%s: 401 with a challenge, the reason in the log alone', async (_, headers, why) => {
    const policy = securing('user-auth-method: auth-url', 'auth-url: http://backend:8080');
    const started = await withTarget(authServer().target, policy);
    const answer = await ask(started, { headers: { ...headers } });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Basic realm="sandbox"']);
    expect(answer.body).not.toContain(why);
    expect(started.told('gateway-log').at(-1)?.text).toMatch(new RegExp(`^UnauthorizedError: .*${why}`));
  });

  it.each([
    ['good', user, password, 200],
    ['another password', user, 'x', 401],
    ['another user', 'x', password, 401],
    ['a member of every object', 'constructor', 'x', 401],
  ])('takes a registry of users from an API property: %s', async (_, name, secret, status) => {
    const started = await withTarget({}, securing('user-registry: users'), registry({ [user]: password }));
    expect((await ask(started, { headers: basic(name, secret) })).status).toBe(status);
  });

  it('takes a registry that is a server, and credentials from variables', async () => {
    const policy = securing(
      'extract-identity-method: context-var',
      'user-context-var: request.parameters.user',
      'pass-context-var: request.parameters.pass',
      'user-registry: users',
    );
    const started = await withTarget(
      authServer().target,
      policy,
      registry({}).replace('{}', "'http://backend:8080'"),
    );
    const path = (secret: string) => `/maple/sandbox/one?user=${user}&pass=${encodeURIComponent(secret)}`;
    expect((await ask(started, { path: path(password) })).status).toBe(200);
    expect((await ask(started, { path: path('x') })).status).toBe(401);
    expect((await ask(started)).status).toBe(401);
  });

  it('a step that does not stop leaves its result to what follows', async () => {
    const policy = securing(
      'factor-id: first',
      'user-registry: users',
      'ei-stop-on-error: false',
      'au-stop-on-error: false',
      'az-stop-on-error: false',
    );
    const started = await withTarget({}, `${policy}\n${tellUser}`, registry({ [user]: password }));
    const { body } = await ask(started);
    expect(JSON.parse(body)).toEqual({
      first: { ei: { success: false }, au: { success: false }, az: { success: false } },
    });
  });

  it.each([
    [['extract-identity-method: disabled', 'user-auth-method: disabled', 'user-az-method: disabled'], 200],
    [['extract-identity-method: disabled', 'user-auth-method: disabled'], 401],
    [['user-auth-method: disabled'], 200],
    [['extract-identity-method: html-form', 'user-registry: users'], 401],
    [['user-auth-method: ldap'], 401],
    [['user-registry: users', 'user-az-method: html-form'], 401],
  ])('%j with good credentials: %i', async (lines, status) => {
    const started = await withTarget({}, securing(...lines), registry({ [user]: password }));
    expect((await ask(started, { headers: basic(user, password) })).status).toBe(status);
  });
});

describe('user-security in front of a handshake', () => {
  it.each([
    ['websocket-upgrade', upgradePolicy()],
    ['a scripted 101', scriptPolicy(handshakeScript())],
  ])('%s: a handshake is accepted with credentials and refused without', async (_, last) => {
    const policy = securing('user-auth-method: auth-url', 'auth-url: http://backend:8080');
    const started = await withTarget(authServer().target, `${policy}\n${last}`);
    const socket = started.connect('/maple/sandbox/one', [], { headers: basic(user, password) });
    await once(socket, 'open');
    const answer = await refused(started);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Basic realm="sandbox"']);
    socket.terminate();
    await started.tells('connection-closed');
  });
});

it.each([
  ['no registry', ['version: 2.0.0'], 'error', 'user-security-missing'],
  ['no auth-url', ['user-auth-method: auth-url'], 'error', 'user-security-missing'],
  [
    'no variable',
    ['extract-identity-method: context-var', 'user-context-var: a', 'user-registry: users'],
    'error',
    'user-security-missing',
  ],
  [
    'a server outside',
    ['user-auth-method: auth-url', 'auth-url: https://example.org'],
    'error',
    'target-outside-sandbox',
  ],
  ['a pattern', ['user-registry: users', "auth-response-headers-pattern: '('"], 'error', 'control-pattern'],
  ['a registry that is not there', ['user-registry: other'], 'warning', 'user-security-registry'],
  ['LDAP', ['user-auth-method: ldap'], 'warning', 'not-emulated'],
  ['a form', ['extract-identity-method: html-form', 'user-registry: users'], 'warning', 'not-emulated'],
  ['a method that there is not', ['user-auth-method: ask'], 'error', 'property-type'],
])('deployment tells %s', (_, lines, severity, rule) => {
  const policy = `- user-security:\n${lines.map((line) => `    ${line}`).join('\n')}`;
  const { diagnostics } = compileDefinition(definitionText('/one', policy, registry({})), 'one');
  const told = diagnostics.filter(
    (each) => each.path.includes('user-security') && each.rule !== 'policy-version',
  );
  expect(told).toMatchObject([{ severity, rule }]);
});
