import { pino } from 'pino';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../gateway/settings.ts';
import { createLab } from '../lab.ts';
import { newSandbox, problemOf, temporaryFolder, testConfig, testLab } from './testing.ts';

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

test('the switches outlive a restart', async () => {
  const settings = { DATA_DIR: temporaryFolder() };
  const first = createLab(testConfig(settings), pino({ level: 'silent' }));
  const sandbox = await newSandbox(first);
  await put(first, sandbox, { textOnly: true });
  await first.close();
  expect(await get(testLab(settings), sandbox)).toEqual({ ...DEFAULT_SETTINGS, textOnly: true });
});

test.each([
  [{ webSocketUpgrade: 'yes' }, 'webSocketUpgrade'],
  [{ protocols: ['wss', 'mqtt'] }, 'protocols[1]'],
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
