import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { definition, newSandbox, problemOf, testLab } from './testing.ts';

test('a new sandbox has a name, a token and its URLs, and is forgotten a day later', async () => {
  const lab = testLab();
  const before = Date.now();
  const { organization, token, gateway, expiresAt } = await newSandbox(lab);
  expect(organization).toMatch(/^[a-z]+-[a-z]+$/);
  expect(token.length).toBeGreaterThan(40);
  expect(gateway).toEqual({
    wss: `wss://localhost:${lab.listeners.gateway}/${organization}/sandbox`,
    ws: `ws://localhost:4321/gateway/${organization}/sandbox`,
  });
  expect(Date.parse(expiresAt)).toBeGreaterThanOrEqual(before + 24 * 3_600_000);
});

test('a sandbox tells whoever has its token what is deployed in it', async () => {
  const lab = testLab();
  const { path, bearer, organization } = await newSandbox(lab);
  const version = `2.0.${Math.floor(Math.random() * 1000)}`;
  await lab.app.request(`${path}/apis/mine`, {
    method: 'PUT',
    headers: { ...bearer, 'content-type': 'application/json' },
    body: definition({ basePath: '/mine', version }),
  });
  const response = await lab.app.request(path, { headers: bearer });
  expect(response.status).toBe(200);
  const told = await response.json();
  expect(told).toMatchObject({
    organization,
    apis: [{ name: 'mine', version, basePath: '/mine', title: 'Test' }],
  });
  expect(told.apis[0].endpoints).toHaveLength(2);
  expect(JSON.stringify(told)).not.toContain(bearer.authorization.slice(7));
});

test.each([
  ['no token', () => ({})],
  ['a made-up token', () => ({ authorization: `Bearer ${randomUUID()}` })],
  ['Basic instead of Bearer', (token: string) => ({ authorization: `Basic ${token}` })],
  ['the token with something after it', (token: string) => ({ authorization: `Bearer ${token}x` })],
  ['an empty token', () => ({ authorization: 'Bearer ' })],
])('%s is 401 with a challenge, for every route of a sandbox', async (_what, headers) => {
  const lab = testLab();
  const { path, token } = await newSandbox(lab);
  for (const [method, route] of [
    ['GET', ''],
    ['PUT', '/apis/a'],
    ['DELETE', '/apis/a'],
    ['GET', '/events'],
  ] as const) {
    const response = await lab.app.request(path + route, { method, headers: headers(token) });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect((await problemOf(response)).code).toBe('unauthorized');
  }
});

test('the token of one sandbox does not open another', async () => {
  const lab = testLab();
  const [mine, other] = [await newSandbox(lab), await newSandbox(lab)];
  expect((await lab.app.request(other.path, { headers: mine.bearer })).status).toBe(401);
});

test('nobody reads or changes the demo', async () => {
  const lab = testLab();
  const { bearer } = await newSandbox(lab);
  for (const headers of [{}, bearer]) {
    expect((await lab.app.request('/api/sandboxes/demo', { headers })).status).toBe(401);
    const change = { method: 'DELETE', headers };
    expect((await lab.app.request('/api/sandboxes/demo/apis/websocket-test', change)).status).toBe(401);
  }
  expect([...(lab.directory.find('demo')?.apis() ?? [])]).toHaveLength(2);
});

test('an unknown sandbox is 404, with and without a token', async () => {
  const lab = testLab();
  const { bearer } = await newSandbox(lab);
  for (const headers of [{}, bearer]) {
    const response = await lab.app.request('/api/sandboxes/no-such', { headers });
    expect(response.status).toBe(404);
    expect((await problemOf(response)).code).toBe('sandbox-unknown');
  }
});

test('more sandboxes of an address than may be in a minute are 429', async () => {
  const lab = testLab({ SANDBOXES_PER_MINUTE: '2' });
  const create = () => lab.app.request('/api/sandboxes', { method: 'POST' });
  expect([(await create()).status, (await create()).status]).toEqual([201, 201]);
  const response = await create();
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('behind a trusted proxy each address has its own minute', async () => {
  const lab = testLab({ SANDBOXES_PER_MINUTE: '1', TRUST_PROXY: 'true' });
  const create = (address: string) =>
    lab.app.request('/api/sandboxes', {
      method: 'POST',
      headers: { 'x-forwarded-for': `9.9.9.9, ${address}` },
    });
  const statuses = [await create('198.51.100.1'), await create('198.51.100.2'), await create('198.51.100.1')];
  expect(statuses.map(({ status }) => status)).toEqual([201, 201, 429]);
});

test('a full lab is 503 and says so', async () => {
  const lab = testLab({ SANDBOX_MAX: '1' });
  await newSandbox(lab);
  const response = await lab.app.request('/api/sandboxes', { method: 'POST' });
  expect(response.status).toBe(503);
  expect((await problemOf(response)).code).toBe('lab-full');
});

test.each([
  ['https://evil.example', 403],
  ['http://localhost:4322', 403],
  ['null', 403],
  ['http://localhost:4321', 201],
  ['https://docs.example.org', 201],
])('a sandbox asked for from a page of %s is %i', async (origin, status) => {
  const lab = testLab({ ALLOWED_ORIGINS: 'https://docs.example.org' });
  const headers = { origin, host: 'localhost:4321' };
  const response = await lab.app.request('/api/sandboxes', { method: 'POST', headers });
  expect(response.status).toBe(status);
  const readable = origin === 'https://docs.example.org' ? origin : null;
  expect(response.headers.get('access-control-allow-origin')).toBe(readable);
  if (status === 403) expect((await problemOf(response)).code).toBe('foreign-origin');
});
