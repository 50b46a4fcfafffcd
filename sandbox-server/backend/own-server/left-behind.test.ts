// What clients of a learner's server leave behind when they go at once is bounded, however slow its script is.
import { randomInt } from 'node:crypto';
import http from 'node:http';
import { expect, test } from 'vitest';
import { pool } from './attacked-pool.fixture.ts';
import { SERVER_UNHANDLED_BYTES } from './limits.ts';
import { testServers } from './own-server.fixture.ts';

type Lab = ReturnType<typeof testServers>;

const BUSY = `const until = Date.now() + 100; while (Date.now() < until);`;

/** Sends a request or an upgrade of about so many bytes, and goes as soon as it is sent. @returns whether it was turned away before */
async function leave(lab: Lab, bytes: number, kind: 'body' | 'head'): Promise<boolean> {
  const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket' };
  const headers = kind === 'head' ? { ...upgrade, filler: 'x'.repeat(bytes) } : {};
  const createConnection = () => lab.network.connect(8091);
  const request = http.request({ createConnection, method: kind === 'head' ? 'GET' : 'POST', headers });
  let turnedAway = false;
  request.on('error', () => {});
  request.on('response', ({ statusCode }) => {
    turnedAway = statusCode === 503;
  });
  await new Promise<void>((resolve) => request.end(kind === 'body' ? Buffer.alloc(bytes) : '', resolve));
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
  request.destroy();
  return turnedAway;
}

test.each([
  ['body', 900_000],
  ['head', 15_000],
] as const)(
  'what was sent in a %s, by clients that are gone',
  async (kind, most) => {
    const lab = testServers(pool);
    await lab.deploy(`const server = require('http').createServer(() => { ${BUSY} });
    server.on('upgrade', () => { ${BUSY} }).listen(8091);`);
    let sent = 0;
    let turnedAway = false;
    while (!turnedAway && sent < 4 * SERVER_UNHANDLED_BYTES) {
      const bytes = most - randomInt(1_000);
      turnedAway = await leave(lab, bytes, kind);
      sent += bytes;
    }
    expect(turnedAway).toBe(true);
    expect(pool.stats().lost).toBe(0);
  },
  60_000,
);

test('a connection that was turned away, whether its client reads the answer or goes', async () => {
  const lab = testServers(pool);
  await lab.deploy(`const server = require('http').createServer(() => {});
    server.on('upgrade', () => {}).listen(8091);`);
  const upgrade = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const streams = Array.from({ length: 60 }, () => {
    const stream = lab.network.connect(8091);
    stream.write(upgrade);
    return stream;
  });
  const ended = streams.map((stream) => new Promise((resolve) => stream.once('close', resolve)));
  await new Promise((resolve) => streams.at(-1)?.once('readable', () => resolve(null)));
  // Half of them read.
  for (const stream of streams.slice(30)) stream.resume();
  for (const stream of streams.slice(0, 55)) stream.destroy();
  await Promise.all(ended);
  await expect.poll(() => lab.servers.list()[0]?.clients).toBe(0);
});
