import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../gateway/settings.ts';
import { newSandbox, openLab, problemOf, temporaryFolder, testLab } from './testing.ts';

type Lab = ReturnType<typeof testLab>;
type Sandbox = Awaited<ReturnType<typeof newSandbox>>;

const put = (lab: Lab, { path, bearer }: Sandbox, body: unknown) =>
  lab.app.request(`${path}/settings`, {
    method: 'PUT',
    headers: { ...bearer, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const get = async (lab: Lab, { path, bearer }: Sandbox) =>
  (await lab.app.request(`${path}/settings`, { headers: bearer })).json();

test('a new sandbox has the switches that let the tutorial work', async () => {
  const lab = testLab();
  expect(await get(lab, await newSandbox(lab))).toEqual(DEFAULT_SETTINGS);
});

test('a change holds for that sandbox alone, is told in its log, and what is left out goes to its default', async () => {
  const lab = testLab();
  const [one, other] = [await newSandbox(lab), await newSandbox(lab)];
  const idleTimeoutSeconds = 1 + Math.floor(Math.random() * 86_400);
  expect((await put(lab, one, { webSocketUpgrade: false, idleTimeoutSeconds })).status).toBe(200);
  expect(await get(lab, one)).toEqual({ ...DEFAULT_SETTINGS, webSocketUpgrade: false, idleTimeoutSeconds });
  expect(lab.directory.find(one.organization)?.settings.idleTimeoutSeconds).toBe(idleTimeoutSeconds);
  expect(await get(lab, other)).toEqual(DEFAULT_SETTINGS);
  expect(lab.directory.find(one.organization)?.events.kept().at(-1)).toMatchObject({
    type: 'settings-changed',
    switches: ['webSocketUpgrade: false', `idleTimeoutSeconds: ${idleTimeoutSeconds}`],
  });
  await put(lab, one, {});
  expect(await get(lab, one)).toEqual(DEFAULT_SETTINGS);
});

test('what is switched already is neither told nor written again', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  for (const body of [{}, { http2: true }, { http2: true }]) await put(lab, sandbox, body);
  const told = lab.directory.find(sandbox.organization)?.events.kept() ?? [];
  expect(told.filter(({ type }) => type === 'settings-changed')).toHaveLength(1);
});

test('settings that are too large are 413, changes that are too many 429, and neither changes anything', async () => {
  const lab = testLab({ DEPLOYMENTS_PER_MINUTE_PER_SANDBOX: '2' });
  const sandbox = await newSandbox(lab);
  const large = await put(lab, sandbox, { protocols: Array(1_000).fill('wss') });
  expect([large.status, (await problemOf(large)).code]).toEqual([413, 'settings-too-large']);
  for (const textOnly of [true, false]) expect((await put(lab, sandbox, { textOnly })).status).toBe(200);
  const many = await put(lab, sandbox, { textOnly: true });
  expect([many.status, Number(many.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
  expect(await get(lab, sandbox)).toEqual(DEFAULT_SETTINGS);
});

test('the description tells every switch with its meaning and default', async () => {
  const document = await (await testLab().app.request('/openapi.json')).json();
  const { put: deed } = document.paths['/api/sandboxes/{organization}/settings'];
  const { properties, additionalProperties } = deed.requestBody.content['application/json'].schema;
  expect(Object.keys(properties)).toEqual(Object.keys(DEFAULT_SETTINGS));
  expect(additionalProperties).toBe(false);
  for (const [name, value] of Object.entries(DEFAULT_SETTINGS)) {
    expect(properties[name].default, name).toEqual(value);
    expect(properties[name].description, name).toMatch(/\.$/);
  }
});

test('the switches outlive a restart', async () => {
  const settings = { DATA_DIR: temporaryFolder() };
  const first = openLab(settings);
  const sandbox = await newSandbox(first);
  await put(first, sandbox, { textOnly: true });
  await first.close();
  expect(await get(testLab(settings), sandbox)).toEqual({ ...DEFAULT_SETTINGS, textOnly: true });
});

test.each([
  [{ webSocketUpgrade: 'yes' }, 'webSocketUpgrade'],
  [{ protocols: ['wss', 'mqtt'] }, 'protocols[1]'],
  [{ protocols: ['wss', 'https', 'wss'] }, 'protocols: names a protocol twice'],
  [{ idleTimeoutSeconds: 86_401 }, 'idleTimeoutSeconds'],
  [{ idleTimeoutSeconds: -1 }, 'idleTimeoutSeconds'],
  [{ messageMaxBytes: 0 }, 'messageMaxBytes'],
  [{ http3: true }, 'http3'],
  [[], 'the body'],
])('%j is 400, names the member and changes nothing', async (body, member) => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const response = await put(lab, sandbox, body);
  expect(response.status).toBe(400);
  expect((await problemOf(response)).message).toContain(member);
  expect(await get(lab, sandbox)).toEqual(DEFAULT_SETTINGS);
});

test('nobody switches the demo, and nobody another’s sandbox', async () => {
  const lab = testLab();
  const [one, other] = [await newSandbox(lab), await newSandbox(lab)];
  for (const organization of ['demo', other.organization]) {
    const response = await lab.app.request(`/api/sandboxes/${organization}/settings`, {
      method: 'PUT',
      headers: { ...one.bearer, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(401);
  }
});
