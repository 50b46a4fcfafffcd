// What a script writes to the socket beneath a WebSocket goes nowhere, and changes nothing of what it has sent.
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { pool, SERVER } from './attacked-pool.fixture.ts';
import { testServers } from './own-server.fixture.ts';

test('a message that is on its way is told as written, and comes whole', async () => {
  const lab = testServers(pool);
  const length = randomInt(100_000, 200_000);
  await lab.deploy(`${SERVER}wss.on('connection', (ws) => {
    ws.send('x'.repeat(${length}), (error) => console.log(error ? error.message : 'written'));
    ws._socket.write('past it');
  });`);
  expect(await lab.client().next()).toBe('x'.repeat(length));
  await lab.until(() => lab.lines().length > 0);
  expect(lab.lines()).toEqual(['log written']);
});
