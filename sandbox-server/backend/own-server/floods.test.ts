// Servers and clients that flood: what is too much is cut, counted or waits, and others answer meanwhile.
import { describe, expect, test } from 'vitest';
import { config, held, innocentAnswers, pool, SERVER } from './attacked-pool.fixture.ts';
import { testServers } from './own-server.fixture.ts';
import { createServerPool } from './pool.ts';

describe('a flood', () => {
  test('of messages to a client that does not read cuts that client off, and the console says so', async () => {
    const lab = testServers(pool);
    await lab.deploy(
      `${SERVER}wss.on('connection', (ws, { url }) => { if (url === '/slow') setInterval(() => ws.send('x'.repeat(50_000)), 1); else ws.on('message', (m) => ws.send(m)); });`,
    );
    const [slow, quick] = [lab.client({ path: '/slow' }), lab.client({ path: '/quick' })];
    await new Promise((resolve) => slow.socket.once('open', resolve));
    slow.socket.pause();
    await lab.until(() =>
      lab.lines().includes('error A client was cut off: more than 300000 bytes waited for it.'),
    );
    quick.socket.send('still here');
    expect(await quick.next()).toBe('still here');
    slow.socket.resume();
    expect(await slow.closed).toBe('1006');
    expect(lab.crashes()).toEqual([]);
  });

  test('of messages to many such clients ends the server', async () => {
    const small = createServerPool({ ...config, SERVER_QUEUE_BYTES: 500_000 }, held, { error() {} });
    try {
      const lab = testServers(small);
      await lab.deploy(
        `${SERVER}wss.on('connection', (ws) => setInterval(() => ws.send('x'.repeat(50_000)), 1));`,
      );
      const clients = Array.from({ length: 8 }, () => lab.client());
      for (const { socket } of clients) socket.once('open', () => socket.pause());
      await lab.until(() => lab.crashes().length === 1);
      expect(lab.crashes()[0]).toMatchObject({
        message: 'Error: more than 500000 bytes waited for its clients',
        line: 3,
      });
      for (const { socket } of clients) socket.terminate();
    } finally {
      await small.close();
    }
  });

  test('of console lines is told as far as it may, and the rest is counted', async () => {
    const lab = testServers(pool);
    await lab.deploy(
      `${SERVER}for (let i = 0; i < 1000; i += 1) console.log('x'.repeat(3000));\nsetTimeout(() => console.error('later'), 1100);`,
    );
    await lab.until(() => lab.lines().includes('error later'));
    expect(lab.lines().length).toBeLessThan(300);
    expect(lab.lines().every((line) => line.length < 1_100)).toBe(true);
    expect(
      lab.lines().find((line) => /^error \d+ lines came faster than 100 a second/.test(line)),
    ).toBeDefined();
  });

  test('of timers is refused where the script sets them', async () => {
    const lab = testServers(pool);
    const refusal = await lab.servers.deploy(8091, `${SERVER}for (;;)\n  setTimeout(() => {}, 1e6);`);
    expect(refusal?.error).toMatchObject({
      message: 'more than 200 timers and callbacks wait at once',
      line: 4,
    });
  });

  test('of work without end keeps no other waiting', async () => {
    const lab = testServers(pool);
    await lab.deploy(
      `${SERVER}setInterval(() => { const until = Date.now() + 100; while (Date.now() < until); }, 1);`,
    );
    for (let i = 0; i < 5; i += 1) await innocentAnswers();
    expect(lab.crashes()).toEqual([]);
  });

  test('of messages from a client waits with the client', async () => {
    const lab = testServers(pool);
    await lab.deploy(
      `${SERVER}let n = 0; wss.on('connection', (ws) => ws.on('message', () => ws.send(++n)));`,
    );
    const client = lab.client();
    await new Promise((resolve) => client.socket.once('open', resolve));
    for (let i = 0; i < 2_000; i += 1) client.socket.send('x'.repeat(1_000));
    let last = '';
    while (last !== '2000') last = await client.next();
    expect(lab.crashes()).toEqual([]);
  });
});

test('timers without end keep no client of the same server waiting', async () => {
  const lab = testServers(pool);
  await lab.deploy(
    `${SERVER}const again = () => setImmediate(again); again(); wss.on('connection', (ws) => ws.on('message', (m) => ws.send(m)));`,
  );
  const client = lab.client();
  await new Promise((resolve) => client.socket.once('open', resolve));
  client.socket.send('hello');
  expect(await client.next()).toBe('hello');
});
