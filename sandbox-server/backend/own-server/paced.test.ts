// A server in the lab's time: neither a process nor a thread that stands still makes it miss what its client did at once.
import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test } from 'vitest';
import { createLabTime } from './lab-time.ts';
import { testPool, testServers } from './own-server.fixture.ts';

function paced(settings: Record<string, string> = {}) {
  const time = createLabTime();
  onTestFinished(() => time.close());
  return { ...testServers(testPool(settings).pool, undefined, 3, time), time };
}

/** Pings its client, and says after 300 ms whether a pong has come. */
const impatient = `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8091 }).on('connection', (socket) => {
  let answered = false;
  socket.on('pong', () => { answered = true; });
  socket.ping();
  setTimeout(() => socket.send(answered ? 'in time' : 'late'), 300);
});`;

/** Milliseconds: the server's deadline is well over. */
const STAND_MS = 600;

test('while the process stands, a deadline in the script does not run out', async () => {
  const lab = paced();
  await lab.deploy(impatient);
  const { socket, next } = lab.client({ autoPong: false });
  socket.once('ping', (data) => {
    const until = performance.now() + STAND_MS;
    while (performance.now() < until);
    socket.pong(data);
  });
  expect(await next()).toBe('in time');
});

test('while its thread stands, what has come before a deadline is handled before it', async () => {
  const lab = paced({ SERVER_EVENT_MS: '60000' });
  await lab.deploy(impatient);
  await lab.deploy(
    `const { WebSocketServer } = require('ws');
    new WebSocketServer({ port: 8092 }).on('connection', (socket) => {
      socket.on('message', (ms) => {
        socket.send('stands');
        setImmediate(() => { const until = Date.now() + Number(ms); while (Date.now() < until); });
      });
      socket.send('ready');
    });`,
    8092,
  );
  const neighbour = lab.client({ port: 8092 });
  await neighbour.next();
  const { socket, next } = lab.client({ autoPong: false });
  socket.once('ping', async (data) => {
    neighbour.socket.send(String(STAND_MS));
    await neighbour.next();
    socket.pong(data);
  });
  expect(await next()).toBe('in time');
});

test('a client that does not answer is late as ever, and timers without end keep nobody waiting', async () => {
  const lab = paced();
  await lab.deploy(`${impatient} setInterval(() => {}, 1); (function again() { setImmediate(again); })();`);
  expect(await lab.client({ autoPong: false }).next()).toBe('late');
  expect(await lab.client().next()).toBe('in time');
});

test('a timer is due at its time, however long the lab has run before the server started', async () => {
  const lab = paced();
  await lab.time.pass(200, new AbortController().signal);
  const began = lab.time.now();
  await lab.deploy(`const { WebSocketServer } = require('ws');
    new WebSocketServer({ port: 8091 });
    setTimeout(() => console.log('due'), 150);`);
  await lab.until(() => lab.lines().includes('log due'));
  expect(lab.time.now() - began).toBeGreaterThanOrEqual(150);
});

test('a server that ends, or is stopped, holds the time up no more', async () => {
  const lab = paced();
  await lab.deploy(`setTimeout(() => {}, 20)`);
  await lab.until(() => lab.told.some(({ type }) => type === 'server-stopped'));
  await lab.deploy(impatient);
  await lab.servers.remove(8091);
  await lab.time.pass(100, new AbortController().signal);
});
