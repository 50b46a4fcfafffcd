import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testClient } from '../backend/own-server/own-server.fixture.ts';
import { createLab } from '../lab.ts';
import { newSandbox, problemOf, temporaryFolder, testConfig, testLab } from './testing.ts';

type Lab = ReturnType<typeof testLab>;
type Sandbox = Awaited<ReturnType<typeof newSandbox>>;

/** Answers each message reversed, with a word of this server before it. */
const reversing = (word: string) => `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8091 }).on('connection', (ws) => {
  console.log('${word} has a client');
  ws.on('message', (data) => ws.send('${word} ' + [...String(data)].reverse().join('')));
});`;

const send = (
  lab: Lab,
  { path, bearer }: Sandbox,
  method: string,
  port: number | string,
  body: BodyInit | null = null,
  type = 'text/javascript',
) =>
  lab.app.request(`${path}/servers/${port}`, { method, headers: { ...bearer, 'content-type': type }, body });

const listed = async (lab: Lab, { path, bearer }: Sandbox) =>
  (await (await lab.app.request(path, { headers: bearer })).json()).servers;

function client(lab: Lab, { organization }: Sandbox, port = 8091) {
  const network = lab.directory.find(organization)?.network;
  const createConnection = () => network?.connect(port) ?? expect.unreachable();
  return testClient(new WebSocket('ws://backend/', { createConnection }));
}

async function answer(to: ReturnType<typeof client>, text: string) {
  await new Promise((resolve) => to.socket.once('open', resolve));
  to.socket.send(text);
  return to.next();
}

test('a server is deployed, answers behind the gateway, is listed, told as events, and taken away', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  expect(await listed(lab, sandbox)).toEqual([]);
  const word = randomUUID();
  const response = await send(lab, sandbox, 'PUT', 8091, reversing(word));
  expect([response.status, await response.json()]).toEqual([
    200,
    { port: 8091, state: 'running', clients: 0, error: null },
  ]);
  const connected = client(lab, sandbox);
  expect(await answer(connected, 'abc')).toBe(`${word} cba`);
  expect(await listed(lab, sandbox)).toEqual([{ port: 8091, state: 'running', clients: 1, error: null }]);

  expect((await send(lab, sandbox, 'DELETE', 8091)).status).toBe(204);
  expect(await connected.closed).toBe('1001 The server is stopped');
  expect(await listed(lab, sandbox)).toEqual([]);
  expect(await client(lab, sandbox).next()).toBe('Welcome to the WebSocket server!');
  const events = lab.directory.find(sandbox.organization)?.events.kept() ?? [];
  expect(events.slice(0, 3)).toMatchObject([
    { type: 'server-started', port: 8091 },
    { type: 'server-console', port: 8091, level: 'log', text: `${word} has a client` },
    { type: 'server-stopped', port: 8091 },
  ]);
  const again = await send(lab, sandbox, 'DELETE', 8091);
  expect([again.status, (await problemOf(again)).code]).toEqual([404, 'server-unknown']);
});

test.each([
  ['let a = 1;\nlet b = ;', 'server-syntax', 2, 9],
  ['\nthrow new Error("mine")', 'server-crashed', 2, 16],
  ['console.log("nothing listens")', 'server-crashed', 1, 1],
])(
  'a script that does not start is a 422 with its place, and nothing changes: %s',
  async (script, rule, line, column) => {
    const lab = testLab();
    const sandbox = await newSandbox(lab);
    const refused = await send(lab, sandbox, 'PUT', 8091, script);
    expect(refused.status).toBe(422);
    const { error, diagnostics } = await refused.json();
    expect(error.code).toBe('server-refused');
    expect(diagnostics).toEqual([
      { severity: 'error', rule, line, column, path: [], message: expect.stringContaining(': ') },
    ]);
    expect(await listed(lab, sandbox)).toEqual([]);
  },
);

test('what is no script, no port or too much is refused, each with its status', async () => {
  const lab = testLab({ SERVERS_PER_SANDBOX: '1' });
  const sandbox = await newSandbox(lab);
  const codes = async (
    ...given: Parameters<typeof send> extends [Lab, Sandbox, ...infer Rest] ? Rest : never
  ) => {
    const response = await send(lab, sandbox, ...given);
    return [response.status, (await problemOf(response)).code];
  };
  expect(await codes('PUT', 8091, `//${'x'.repeat(65_536)}`)).toEqual([413, 'server-too-large']);
  expect(await codes('PUT', 8091, '{}', 'application/json')).toEqual([415, 'content-type']);
  expect(await codes('PUT', 8091, new Uint8Array([0xff]))).toEqual([400, 'not-utf-8']);
  for (const port of [0, 65_536, 'x', -1, 1.5]) expect((await codes('PUT', port, 'x'))[0]).toBe(400);
  expect((await send(lab, sandbox, 'PUT', 8091, reversing('a'))).status).toBe(200);
  expect(await codes('PUT', 8092, reversing('b'))).toEqual([409, 'too-many-servers']);
  const { path } = sandbox;
  const stranger = await lab.app.request(`${path}/servers/8091`, { method: 'PUT', body: 'x' });
  expect(stranger.status).toBe(401);
});

test('deploying a server counts as a deployment', async () => {
  const lab = testLab({ DEPLOYMENTS_PER_MINUTE_PER_SANDBOX: '2' });
  const sandbox = await newSandbox(lab);
  const statuses = [];
  for (let i = 0; i < 3; i += 1)
    statuses.push((await send(lab, sandbox, 'PUT', 8091, reversing('a'))).status);
  expect(statuses).toEqual([200, 200, 429]);
});

test('a server outlives a restart of the lab, and starts with its next client', async () => {
  const config = testConfig({ DATA_DIR: temporaryFolder() });
  const quiet = pino({ level: 'silent' });
  const first = createLab(config, quiet);
  const sandbox = await newSandbox(first);
  await send(first, sandbox, 'PUT', 8091, reversing('kept'));
  await first.close();
  const second = createLab(config, quiet);
  try {
    expect(await listed(second, sandbox)).toMatchObject([{ port: 8091, state: 'resting' }]);
    expect(await answer(client(second, sandbox), 'abc')).toBe('kept cba');
  } finally {
    await second.close();
  }
});
