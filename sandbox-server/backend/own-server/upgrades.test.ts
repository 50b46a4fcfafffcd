// Handshakes that the package `ws` cannot answer cost their client, and nobody else.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createHeldBytes } from '../../gateway/held-bytes.ts';
import { createWire } from '../wire.ts';
import { pool } from './attacked-pool.fixture.ts';
import { createInboxes } from './inbox.ts';
import type { ClientEvent } from './messages.ts';
import { testServers } from './own-server.fixture.ts';
import { createUpgrades } from './upgrades.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

test('a refusal that the package throws at ends that client', async () => {
  const told: ClientEvent[] = [];
  const held = createHeldBytes(1e9);
  const upgrades = createUpgrades({
    tell: (event) => void told.push(event),
    written() {},
    onConsole() {},
    held,
    inboxes: createInboxes(held),
    maxMessageBytes: 1_000,
    onConnection: () => expect.unreachable(),
    onGone() {},
  });
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method: 'GET',
    headers: { upgrade: 'websocket', 'sec-websocket-key': KEY, 'sec-websocket-version': '13' },
  });
  const [client, stream] = createWire();
  const closed = new Promise((resolve) => client.once('close', resolve));
  upgrades.ask(1, request, stream, Buffer.alloc(0));
  upgrades.act({ do: 'handshake', client: 1, maxPayload: null, handles: true });
  upgrades.act({ do: 'refuse', client: 1, code: 299, message: null, headers: {} });
  client.resume();
  await closed;
  expect(told.map(({ type }) => type)).toEqual(['upgrade', 'handshake', 'gone']);
});

test('a refusal with a status without words of its own ends the script, unless it gives a message', async () => {
  const lab = testServers(pool);
  const deploy = (verdict: string) =>
    lab.deploy(
      `new (require('ws').WebSocketServer)({ port: 8091,\n verifyClient: (info, done) => done(false, ${verdict}) });`,
    );
  await deploy(`299, 'mine'`);
  const status = new Promise((resolve) =>
    lab.client().socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode)),
  );
  expect(await status).toBe(299);
  await deploy('299');
  expect(await lab.client().closed).toBe('1006');
  const message = 'TypeError: verifyClient: 299 has no words of its own; give a message';
  expect(lab.crashes()).toMatchObject([{ message, line: 2 }]);
});
