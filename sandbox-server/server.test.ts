import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from './http/listen.ts';
import { definition, newSandbox, temporaryFolder, testConfig } from './http/testing.ts';
import { type RunningServer, startServer } from './server.ts';

/** Milliseconds for what takes one on an idle machine. */
const patient = { timeout: 20_000 };

async function started(settings: Record<string, string> = {}) {
  const server = await startServer(testConfig(settings));
  onTestFinished(() => server.close());
  return server;
}

function client(url: string) {
  const socket = new WebSocket(url, { rejectUnauthorized: false });
  const messages: string[] = [];
  socket.on('message', (data) => messages.push(String(data)));
  socket.on('error', () => {});
  onTestFinished(() => socket.terminate());
  return { socket, messages };
}

/** Says something at the URL and waits for the answer of the uppercase server. */
async function converse(url: string): Promise<string> {
  const { socket, messages } = client(url);
  await once(socket, 'open');
  const word = randomUUID();
  socket.send(word);
  await expect
    .poll(() => messages, patient)
    .toEqual(['Welcome to the WebSocket server!', `Processed message: ${word.toUpperCase()}`]);
  socket.close(1000);
  const [code] = await once(socket, 'close');
  return `closed ${code}`;
}

const both = (server: RunningServer, path: string) => [
  `wss://127.0.0.1:${server.ports.gateway}${path}`,
  `ws://127.0.0.1:${server.ports.page}/gateway${path}`,
];

test('both approaches of the demo answer in upper case, over TLS and through the page’s port', async () => {
  const server = await started();
  for (const api of ['websocket-upgrade', 'websocket-test']) {
    for (const url of both(server, `/demo/sandbox/${api}`)) expect(await converse(url)).toBe('closed 1000');
  }
  expect(await converse(`ws://127.0.0.1:${server.ports.backend}/`)).toBe('closed 1000');
});

test('a silent connection of the demo is torn down after its seconds, one of a sandbox that has no timeout is not', async () => {
  const server = await started({ DEMO_IDLE_SECONDS: '1' });
  const sandbox = await newSandbox(server.lab);
  await server.lab.app.request(`${sandbox.path}/apis/one`, {
    method: 'PUT',
    headers: { ...sandbox.bearer, host: 'localhost', 'content-type': 'application/json' },
    body: definition({ basePath: '/one' }),
  });
  const [own = ''] = both(server, `/${sandbox.organization}/sandbox/one`);
  const { socket: stays } = client(own);
  await once(stays, 'open');
  for (const url of both(server, '/demo/sandbox/websocket-upgrade')) {
    const [code] = await once(client(url).socket, 'close');
    expect(code).toBe(1006);
  }
  expect(stays.readyState).toBe(WebSocket.OPEN);
  const closed = () =>
    server.lab.directory.permanent.events.kept().filter(({ type }) => type === 'connection-closed');
  await expect.poll(closed).toMatchObject(Array(2).fill({ by: 'gateway', how: 'idle', closeCode: null }));
});

test('what the demo’s own server says is in the demo’s log', async () => {
  const server = await started();
  await converse(`ws://127.0.0.1:${server.ports.backend}/`);
  const lines = server.lab.directory.permanent.events.kept();
  expect(lines[0]).toMatchObject({
    type: 'server-console',
    port: server.ports.backend,
    text: 'Client connected',
  });
});

test('a learner deploys, connects, and finds it all again after a restart', async () => {
  const folder = temporaryFolder();
  const first = await started({ DATA_DIR: folder });
  const sandbox = await newSandbox(first.lab);
  const headers = { ...sandbox.bearer, 'content-type': 'application/json' };
  const path = `/${sandbox.organization}/sandbox/kept`;
  const deployed = await fetch(`http://127.0.0.1:${first.ports.page}${sandbox.path}/apis/kept`, {
    method: 'PUT',
    headers,
    body: definition({ basePath: '/kept' }),
  });
  expect(deployed.status).toBe(200);
  const { endpoints } = await deployed.json();
  expect(endpoints).toEqual(both(first, path));
  expect(await converse(endpoints[0])).toBe('closed 1000');
  await first.close();

  const second = await started({ DATA_DIR: folder });
  for (const url of both(second, path)) expect(await converse(url)).toBe('closed 1000');
  const told = await fetch(`http://127.0.0.1:${second.ports.page}${sandbox.path}`, { headers });
  expect((await told.json()).apis).toMatchObject([{ name: 'kept', endpoints: both(second, path) }]);
});

test('an upgrade to an unknown organization is 404 in the gateway’s words, and the lab serves on', async () => {
  const server = await started();
  for (const url of both(server, '/no-such/sandbox/x')) {
    const [, response] = await once(client(url).socket, 'unexpected-response');
    expect(response.statusCode).toBe(404);
    expect(JSON.parse(await text(response))).toMatchObject({
      moreInformation: 'API not found for requested URI',
    });
  }
  expect(await converse(both(server, '/demo/sandbox/websocket-upgrade')[0] ?? '')).toBe('closed 1000');
});

test('stopping tells open connections 1001 and takes no longer than it may', async () => {
  const server = await started({ DRAIN_SECONDS: '1' });
  const urls = [
    ...both(server, '/demo/sandbox/websocket-upgrade'),
    `ws://127.0.0.1:${server.ports.backend}/`,
  ];
  const sockets = urls.map((url) => client(url).socket);
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  const idle = await fetch(`http://127.0.0.1:${server.ports.page}/healthz`);
  await idle.text();
  const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
  const start = performance.now();
  await Promise.all([server.close(), server.close()]);
  expect(performance.now() - start).toBeLessThan(4_500);
  expect((await closed).map(([code]) => code)).toEqual([1001, 1001, 1001]);
  await expect(fetch(`http://127.0.0.1:${server.ports.page}/healthz`)).rejects.toThrow();
});

test.each(['PORT', 'GATEWAY_PORT', 'BACKEND_PORT'])(
  'a taken %s leaves nothing behind, and is told by its name',
  async (setting) => {
    const other = createServer();
    const port = await listen(other, 0, '127.0.0.1');
    onTestFinished(() => void other.close());
    const folder = temporaryFolder();
    await expect(startServer(testConfig({ DATA_DIR: folder, [setting]: String(port) }))).rejects.toThrow(
      `Port ${port} is in use. Set ${setting} to another one, or 0 for any free port.`,
    );
    const server = await started({ DATA_DIR: folder });
    expect(server.ports.page).toBeGreaterThan(0);
  },
);

function run(settings: Record<string, string>) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    GATEWAY_PORT: '0',
    BACKEND_PORT: '0',
    DATA_DIR: temporaryFolder(),
    ...settings,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('started as a program it prints one URL a line, and a signal ends it with 0 while sockets are open', async () => {
  const child = run({ LOG_LEVEL: 'warn' });
  const errors = text(child.stderr);
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await expect.poll(() => out.trimEnd().split('\n').length, patient).toBe(3);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^page {5}http:\/\/localhost:\d+\/$/);
  expect(lines[1]).toMatch(/^gateway {2}wss:\/\/localhost:\d+\/demo\/sandbox\/websocket-upgrade$/);
  expect(lines[2]).toMatch(/^backend {2}ws:\/\/localhost:\d+\/$/);
  const { socket } = client((lines[1] ?? '').slice(9).replace('localhost', '127.0.0.1'));
  await once(socket, 'open');
  const closed = once(socket, 'close');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect((await closed)[0]).toBe(1001);
  expect(await errors).toBe('');
}, 60_000);

test.each([
  [{ PORT: 'http' }, /^PORT: /],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: /],
  [{ DATA_DIR: '/dev/null/data' }, /^The lab cannot start: .*\/dev\/null\/data/],
  [{ HOST: '192.0.2.1' }, /^192\.0\.2\.1 is no address of this machine\. Set HOST/],
])('with the settings %j it ends with 1 and one line that names the setting', async (settings, line) => {
  const child = run(settings);
  const errors = text(child.stderr);
  expect(await once(child, 'exit')).toEqual([1, null]);
  const lines = (await errors).trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(line);
});
