// A pool of one thread for servers that attack, with another learner's server in it that has to go on answering.
import { afterAll, beforeAll, expect } from 'vitest';
import { readConfig } from '../../config.ts';
import { createHeldBytes } from '../../gateway/held-bytes.ts';
import { testServers } from './own-server.fixture.ts';
import { createServerPool } from './pool.ts';

export const config = readConfig({ SERVER_THREADS: '1', SERVER_CLIENT_QUEUE_BYTES: '300000' });
export const held = createHeldBytes(config.GATEWAY_MAX_WAITING_BYTES);
export const pool = createServerPool(config, held, { error() {} });
beforeAll(async () => {
  await pool.start({
    script: INNOCENT,
    port: 1,
    owner: {},
    replaces: false,
    onConsole() {},
    onDeath() {},
    reach: { connect: () => expect.unreachable() },
    rest: () => false,
  });
}, 30_000);
afterAll(() => pool.close());

const HEAD = `const { WebSocketServer } = require('ws');\n`;
const INNOCENT = `${HEAD}new WebSocketServer({ port: 1 }).on('connection', (ws) => ws.on('message', (data) => ws.send(data)));`;
/** Two lines; what follows begins on line 3. */
export const SERVER = `${HEAD}const wss = new WebSocketServer({ port: 8091 });\n`;

/** Another learner's server in the same thread answers, with its own state. */
export async function innocentAnswers(): Promise<void> {
  const other = testServers(pool);
  await other.deploy(INNOCENT, 1);
  const client = other.client({ port: 1 });
  await new Promise((resolve) => client.socket.once('open', resolve));
  const text = `still ${Math.random()}`;
  client.socket.send(text);
  expect(await client.next()).toBe(text);
}
