// What is read of a target's answer is on the common bound of waiting bytes, whichever policy asked.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { createWire } from '../../backend/wire.ts';
import { closeTarget, withTarget } from '../assembly/one-target.fixture.ts';
import { createHeldBytes } from '../held-bytes.ts';
import { openRaw } from '../raw-client.fixture.ts';
import { upgradePolicy } from '../started-gateway.fixture.ts';
import { askTarget } from './answer.ts';

afterEach(closeTarget);

const turn = () => new Promise((resolve) => setImmediate(resolve));
const KEPT = 100_000 + Math.floor(Math.random() * 100_000);
const unfinished = (response: ServerResponse) => void response.on('error', () => {}).write('a'.repeat(KEPT));

it('answers that are not whole hold what has come of them, the longest waiting one is cut for another, and nothing is left', async () => {
  const held = createHeldBytes(2 * KEPT + 2);
  const answers: ServerResponse[] = [];
  const server = createServer((_, response) => {
    answers.push(response);
    unfinished(response);
  });
  const ask = () =>
    askTarget({
      method: 'GET',
      path: '/',
      headers: [['Host', 'a']],
      connect() {
        const [client, far] = createWire();
        server.emit('connection', far);
        return client;
      },
      timeoutMs: 60_000,
      headMaxBytes: 16_384,
      bodyMaxBytes: 1_048_576,
      held,
      signal: new AbortController().signal,
    });
  const first = ask();
  while (held.total() < KEPT) await turn();
  const second = ask();
  while (held.total() < 2 * KEPT) await turn();
  const third = ask();
  expect(await first).toEqual({ kind: 'failed', reason: expect.stringContaining('too many bytes wait') });
  while (held.total() < 2 * KEPT) await turn();
  for (const response of answers.slice(1)) response.end('b');
  for (const answer of await Promise.all([second, third]))
    expect(answer.kind === 'answered' && answer.body.length).toBe(KEPT + 1);
  expect(held.total()).toBe(0);
});

it.each([
  ['invoke', '- invoke:\n    version: 2.0.0\n    target-url: http://backend:8091', ''],
  [
    'the handshake of websocket-upgrade',
    upgradePolicy(),
    'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n',
  ],
])(
  'an answer to %s is counted while it is read, and no more when the client has gone',
  async (_, policy, head) => {
    const lab = await withTarget(
      {
        onRequest: (_, response) => unfinished(response),
        onUpgrade: (_, stream) =>
          void stream
            .on('error', () => {})
            .write(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${KEPT + 1}\r\n\r\n${'a'.repeat(KEPT)}`),
      },
      policy,
    );
    const socket = await openRaw(lab.port);
    socket.write(`GET /maple/sandbox/one HTTP/1.1\r\nHost: x\r\n${head}\r\n`);
    while (lab.held.total() < KEPT) await turn();
    expect(lab.held.total()).toBe(KEPT);
    socket.destroy();
    await once(socket, 'close');
    while (lab.held.total() > 0) await turn();
  },
);
