// What a script's own connections may take, and where they lead: never out of its sandbox, and never more than its share.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { innocentAnswers, pool } from './attacked-pool.fixture.ts';
import { testPool, testServers } from './own-server.fixture.ts';

const HEAD = `const { WebSocket, WebSocketServer } = require('ws');\n`;

test('an address of the machine or of another network is never reached, however it is written', async () => {
  const reached: string[] = [];
  const outside = createServer((socket) => {
    reached.push('a connection');
    socket.destroy();
  });
  onTestFinished(() => void outside.close());
  await once(outside.listen(0, '127.0.0.1'), 'listening');
  const { port } = z.object({ port: z.number() }).parse(outside.address());
  const hosts = [
    '127.0.0.1',
    'localhost',
    'backend',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
  ];
  const more = ['127.0.0.2', 'example.com', '169.254.169.254', 'localhost.', 'localtest.me'];
  const lab = testServers(testPool().pool);
  await lab.deploy(
    `${HEAD}for (const host of ${JSON.stringify([...hosts, ...more])}) {
      const ws = new WebSocket('ws://' + host + ':${port}', { headers: { Host: 'backend:8091' } });
      ws.on('open', () => console.log('open', host));
      ws.on('error', (error) => console.log(host, error.code));
    }`,
    8092,
  );
  await lab.until(() => lab.lines().length === hosts.length + more.length);
  for (const line of lab.lines()) expect(line).toMatch(/ (ECONNREFUSED|ENOTFOUND)$/);
  expect(reached).toEqual([]);
});

test('wss:// is told that no server of a sandbox speaks TLS', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(
    `${HEAD}new WebSocket('wss://backend:8091').on('error', (e) => console.log(e.message));`,
    8092,
  );
  await lab.until(() => lab.lines().length === 1);
  expect(lab.lines()).toEqual(['log write EPROTO: the servers of a sandbox speak no TLS; write ws://']);
});

test('a script has so many connections open, and the next throws at its line', async () => {
  const lab = testServers(testPool({ SERVER_MAX_OUTGOING: '5' }).pool);
  const script = `${HEAD}for (let n = 0; n < 5; n += 1) new WebSocket('ws://backend:8091').on('error', () => {});\nnew WebSocket('ws://backend:8091');`;
  expect(await lab.servers.deploy(8092, script)).toMatchObject({
    error: { line: 3, message: expect.stringContaining('5 connections of this script are open already') },
  });
  await expect.poll(() => lab.network.connections()).toBe(0);
});

test('a connection that has ended makes room for the next', async () => {
  const lab = testServers(testPool({ SERVER_MAX_OUTGOING: '1' }).pool);
  await lab.deploy(
    `${HEAD}let left = 20;
    const next = () => {
      if (left-- === 0) return console.log('all');
      const ws = new WebSocket('ws://backend:8091');
      ws.on('open', () => ws.terminate());
      ws.on('close', next);
    };
    next();`,
    8092,
  );
  await lab.until(() => lab.lines().length === 1);
  expect(lab.lines()).toEqual(['log all']);
});

test('one that connects without a pause is refused beyond its number a second, and others in its thread answer', async () => {
  const lab = testServers(pool);
  let attempts = 0;
  const { connect } = lab.network;
  lab.servers.join({
    connect(port) {
      attempts += 1;
      return connect(port);
    },
  });
  const started = performance.now();
  await lab.deploy(
    `${HEAD}let failures = 0;
    (function again() {
      const ws = new WebSocket('ws://backend:9');
      ws.on('error', (error) => { if (/more than 50 connections in a second/.test(error.message) && failures++ === 0) console.log('told'); });
      ws.on('close', again);
    })();`,
    8092,
  );
  await lab.until(() => lab.lines().length === 1);
  await innocentAnswers();
  const seconds = Math.ceil((performance.now() - started) / 1_000);
  expect(attempts).toBeLessThanOrEqual(50 * (seconds + 1));
  await lab.servers.remove(8092);
});

test('a server that never answers the handshake is given up after the time that the script gives', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(`${HEAD}new WebSocketServer({ port: 8091, verifyClient: (info, done) => {} });`);
  await lab.deploy(
    `${HEAD}new WebSocket('ws://backend:8091', { handshakeTimeout: 20 }).on('error', (e) => console.log(e.message));`,
    8092,
  );
  await lab.until(() => lab.lines().length === 1);
  expect(lab.lines()).toEqual(['log Opening handshake has timed out']);
  await expect.poll(() => lab.network.connections(), { interval: 1 }).toBe(0);
});

test('what waits for a server that does not read is bounded: the connection is cut, and the script is told', async () => {
  const lab = testServers(testPool({ SERVER_CLIENT_QUEUE_BYTES: '300000' }).pool);
  await lab.deploy(`${HEAD}new WebSocketServer({ port: 8091 }).on('connection', (ws) => ws.pause());`);
  await lab.deploy(
    `${HEAD}const ws = new WebSocket('ws://backend:8091');
    const more = () => { if (ws.readyState === WebSocket.OPEN) { ws.send('x'.repeat(50_000)); setTimeout(more, 1); } };
    ws.on('open', more);
    ws.on('close', (code) => console.log('closed', code));`,
    8092,
  );
  await lab.until(() => lab.lines().some((line) => line.includes('closed')));
  expect(lab.lines()).toEqual([
    'error A client was cut off: more than 300000 bytes waited for it.',
    'log closed 1006',
  ]);
});

test('a script that is taken away takes its connections with it', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(
    `${HEAD}new WebSocketServer({ port: 8091 }).on('connection', (ws) => {
      console.log('came');
      ws.on('close', (code) => console.log('gone', code));
    });`,
  );
  await lab.deploy(`${HEAD}new WebSocket('ws://localhost:8091');`, 8092);
  await lab.until(() => lab.lines().includes('log came'));
  await lab.servers.remove(8092);
  await lab.until(() => lab.lines().includes('log gone 1001'));
  await expect.poll(() => lab.network.connections()).toBe(0);
});

test('a handshake of more headers than may be is refused at its line, one with wrong headers as an error', async () => {
  const lab = testServers(testPool().pool);
  const long = `${HEAD}new WebSocket('ws://backend:8091', { headers: { 'X-Long': 'x'.repeat(9_000) } });`;
  expect(await lab.servers.deploy(8092, long)).toMatchObject({
    error: { name: 'RangeError', line: 2, message: expect.stringContaining('8192 characters') },
  });
  await lab.deploy(
    `${HEAD}new WebSocket('ws://backend:8091', { headers: { 'X-Bad': 'a\\r\\nb: c' } }).on('error', (e) => console.log(e.name)).on('close', (c) => console.log(c));`,
    8092,
  );
  await lab.until(() => lab.lines().length === 2);
  expect(lab.lines()).toEqual(['log Error', 'log 1006']);
  await expect.poll(() => lab.network.connections()).toBe(0);
});
