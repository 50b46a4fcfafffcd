import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testPool, testServers } from './own-server.fixture.ts';

const word = () => randomBytes(randomInt(1, 40)).toString('hex');

test('a message that a script sends in pieces comes as one, text or bytes, with a ping between them', async () => {
  const pieces = Array.from({ length: randomInt(2, 9) }, word);
  const lab = testServers(testPool().pool);
  await lab.deploy(`const { WebSocketServer } = require('ws');
    new WebSocketServer({ port: 8091 }).on('connection', (ws) => {
      const pieces = ${JSON.stringify(pieces)};
      for (const binary of [false, true]) {
        for (const [at, piece] of pieces.entries()) {
          ws.send(binary ? Buffer.from(piece) : piece, { fin: at === pieces.length - 1 });
          ws.ping(String(at));
        }
      }
      ws.send('whole', { fin: undefined }, (error) => ws.send(String(error)));
    });`);
  const { socket, next } = lab.client();
  const kinds: boolean[] = [];
  let pings = 0;
  socket.on('message', (_data, binary) => kinds.push(binary));
  socket.on('ping', () => {
    pings += 1;
  });
  await once(socket, 'open');
  expect([await next(), await next(), await next(), await next()]).toEqual([
    pieces.join(''),
    pieces.join(''),
    'whole',
    'null',
  ]);
  expect(kinds).toEqual([false, true, false, false]);
  expect(pings).toBe(2 * pieces.length);
  expect(socket.readyState).toBe(WebSocket.OPEN);
});
