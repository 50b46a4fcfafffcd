import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createOutlet } from './outlet.ts';

const MAX = 100_000;

/** Both ends of a socket, and the outlet at one. */
async function connected() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const [raw] = await once(server, 'connection');
  await once(client, 'open');
  return { client, outlet: createOutlet(raw, MAX) };
}

/** Sends to a client that does not read until more waits than shall; the kernel takes some megabytes before. */
async function fill({ client, outlet }: Awaited<ReturnType<typeof connected>>): Promise<void> {
  client.pause();
  for (let sent = 0; !outlet.behind() && sent < 2_000; sent += 1) {
    outlet.send('x'.repeat(20_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(outlet.behind()).toBe(true);
}

test('it is behind while the other side does not read, and has caught up when it has', async () => {
  const both = await connected();
  await both.outlet.caughtUp();
  await fill(both);
  let caughtUp = false;
  const waiting = both.outlet.caughtUp().then(() => {
    caughtUp = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(caughtUp).toBe(false);
  both.client.resume();
  await waiting;
  expect(both.outlet.waiting()).toBeLessThanOrEqual(MAX / 2);
});

test('who waits for a socket that goes away is let go', async () => {
  const both = await connected();
  await fill(both);
  const waiting = both.outlet.caughtUp();
  both.client.terminate();
  await waiting;
  expect(both.outlet.behind()).toBe(false);
  both.outlet.send('nobody');
});
