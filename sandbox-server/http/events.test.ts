import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../server.ts';
import { newSandbox, testConfig } from './testing.ts';

/** Milliseconds for what takes one on an idle machine. */
const patient = { timeout: 20_000 };

async function started(settings: Record<string, string> = {}) {
  const server = await startServer(testConfig({ DRAIN_SECONDS: '1', ...settings }));
  onTestFinished(() => server.close());
  const sandbox = await newSandbox(server.lab);
  const log = server.lab.directory.find(sandbox.organization)?.events;
  if (!log) throw new Error('no log');
  const url = `ws://127.0.0.1:${server.ports.page}${sandbox.path}/events`;
  return { server, sandbox, log, url };
}

/** A watcher that keeps what it gets. */
function watch(url: string, protocols: string[] = [], headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, protocols, { headers });
  const events: { id: number; api?: string }[] = [];
  socket.on('message', (data, isBinary) => events.push(isBinary ? { id: -1 } : JSON.parse(String(data))));
  socket.on('error', () => {});
  onTestFinished(() => socket.terminate());
  return { socket, events };
}

/** The answer to a refused handshake. */
async function refusal(url: string, protocols: string[] = [], headers: Record<string, string> = {}) {
  const { socket } = watch(url, protocols, headers);
  const [, response] = await once(socket, 'unexpected-response');
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(await text(response)) };
}

const removed = (api: string) => ({ type: 'api-removed', api }) as const;

test('a watcher first gets what is kept, oldest first, then each event as it happens', async () => {
  const { sandbox, log, url } = await started({ EVENTS_KEPT: '20' });
  for (let n = 1; n <= 30; n += 1) log.emit(null, removed(`kept-${n}`));
  const { socket, events } = watch(url, [sandbox.token]);
  await once(socket, 'open');
  expect(socket.protocol).toBe(sandbox.token);
  await expect.poll(() => events.length, patient).toBe(20);
  const live = randomUUID();
  log.emit('0123456789abcdef01234567', removed(live));
  await expect.poll(() => events.length, patient).toBe(21);
  expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, place) => place + 11));
  expect(events.at(-1)).toMatchObject({ api: live, connection: '0123456789abcdef01234567' });
});

test('the token may stand behind another subprotocol, which is then the chosen one, or in the header', async () => {
  const { sandbox, url } = await started();
  const second = watch(url, ['lab.events', sandbox.token]);
  await once(second.socket, 'open');
  expect(second.socket.protocol).toBe('lab.events');
  const header = watch(url, [], sandbox.bearer);
  await once(header.socket, 'open');
});

test('a wrong token, an unknown sandbox, the demo and a foreign page are refused before the upgrade, with the reason', async () => {
  const { sandbox, url, log } = await started();
  for (const protocols of [[], [randomUUID()], ['lab.events']]) {
    const refused = await refusal(url, protocols);
    expect(refused).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect(refused.headers['www-authenticate']).toBe('Bearer');
  }
  const elsewhere = (organization: string) => url.replace(sandbox.organization, organization);
  expect(await refusal(elsewhere('no-such'), [sandbox.token])).toMatchObject({
    status: 404,
    body: { error: { code: 'sandbox-unknown' } },
  });
  expect(await refusal(elsewhere('demo'), [sandbox.token])).toMatchObject({ status: 401 });
  expect(await refusal(url, [sandbox.token], { origin: 'https://evil.example' })).toMatchObject({
    status: 403,
  });
  expect(await refusal(url.replace('/events', '/nothing'), [sandbox.token])).toMatchObject({ status: 404 });
  expect(log.watchers()).toBe(0);
});

test('a plain GET is told that the events come over a WebSocket', async () => {
  const { server, sandbox } = await started();
  const response = await fetch(`http://127.0.0.1:${server.ports.page}${sandbox.path}/events`, {
    headers: sandbox.bearer,
  });
  expect(response.status).toBe(400);
  expect((await response.json()).error.code).toBe('not-a-websocket');
});

test('a watcher that leaves frees its place; beyond the places it is 429', async () => {
  const { sandbox, log, url } = await started({ EVENT_WATCHERS_MAX: '2' });
  const [first, second] = [watch(url, [sandbox.token]), watch(url, [sandbox.token])];
  await Promise.all([once(first.socket, 'open'), once(second.socket, 'open')]);
  await expect.poll(() => log.watchers(), patient).toBe(2);
  expect(await refusal(url, [sandbox.token])).toMatchObject({
    status: 429,
    body: { error: { code: 'too-many-watchers' } },
  });
  first.socket.close();
  await expect.poll(() => log.watchers(), patient).toBe(1);
  await once(watch(url, [sandbox.token]).socket, 'open');
});

test('a watcher that does not read is let go, and the memory for it is bounded', async () => {
  const { sandbox, log, url, server } = await started({ EVENT_WATCHER_MAX_BYTES: '300000' });
  const { socket } = watch(url, [sandbox.token]);
  await once(socket, 'open');
  await expect.poll(() => log.watchers(), patient).toBe(1);
  socket.pause();
  let sent = 0;
  // The kernel takes some megabytes before anything waits in the process.
  while (log.watchers() > 0 && sent < 40_000) {
    log.emit(null, removed('x'.repeat(2_000)));
    sent += 1;
    if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(log.watchers()).toBe(0);
  const response = await fetch(`http://127.0.0.1:${server.ports.page}/healthz`);
  expect(response.status).toBe(200);
});

test('a watcher whose sandbox is gone, or whose lab stops, is told with 1001', async () => {
  const { sandbox, log, url, server } = await started();
  const first = watch(url, [sandbox.token]);
  await once(first.socket, 'open');
  await expect.poll(() => log.watchers(), patient).toBe(1);
  log.close();
  expect((await once(first.socket, 'close'))[0]).toBe(1001);

  const other = await newSandbox(server.lab);
  const second = watch(url.replace(sandbox.organization, other.organization), [other.token]);
  await once(second.socket, 'open');
  const closed = once(second.socket, 'close');
  await server.close();
  expect((await closed)[0]).toBe(1001);
});

test('a watcher that answers no ping is ended', async () => {
  const { sandbox, log, url } = await started({ EVENT_WATCHER_PING_SECONDS: '1' });
  const { socket } = watch(url, [sandbox.token]);
  await once(socket, 'open');
  await expect.poll(() => log.watchers(), patient).toBe(1);
  socket.pause();
  await expect.poll(() => log.watchers(), patient).toBe(0);
});

test('any other upgrade than to WebSocket is answered as the plain request that it also is', async () => {
  const { server } = await started();
  const headers = {
    connection: 'Upgrade, HTTP2-Settings',
    upgrade: 'h2c',
    'http2-settings': 'AAMAAABkAAQAAP__',
  };
  const [response] = await once(
    get({ port: server.ports.page, host: '127.0.0.1', path: '/healthz', headers }),
    'response',
  );
  expect([response.statusCode, await text(response)]).toEqual([200, '{"status":"ok"}']);
});

test('a handshake that ws does not take is 400, and the port serves on', async () => {
  const { server, sandbox } = await started();
  const socket = connect(server.ports.page, '127.0.0.1');
  const head = `GET ${sandbox.path}/events HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: short\r\n`;
  socket.write(`${head}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ${sandbox.token}\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetch(`http://127.0.0.1:${server.ports.page}/healthz`)).status).toBe(200);
});
