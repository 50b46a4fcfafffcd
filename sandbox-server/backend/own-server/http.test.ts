// The HTTP side of learners' servers: what is too much, gone or never answered costs its own server and client alone.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { config, held, innocentAnswers, pool } from './attacked-pool.fixture.ts';
import { testServers } from './own-server.fixture.ts';
import { createServerPool } from './pool.ts';

type Lab = ReturnType<typeof testServers>;

const HTTP = `const http = require('http');\n`;

/** The request, and its answer: `200 text`, or how it ended without one. */
function ask(lab: Lab, options: http.RequestOptions = {}, body: string | Buffer = '') {
  const request = http.request({ createConnection: () => lab.network.connect(8091), ...options });
  const answer = new Promise<string>((resolve) => {
    request.once('error', (error) => resolve(error.message));
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', (error) => resolve(error.message));
      response.once('end', () => resolve(`${response.statusCode} ${Buffer.concat(chunks)}`));
    });
  });
  request.end(body);
  return { request, answer };
}

test('a request that nobody listens for gets 426, as from the package `ws`', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${HTTP}const server = http.createServer();
    new (require('ws').WebSocketServer)({ server });\nserver.listen(8091);`);
  expect(await ask(lab).answer).toBe('426 Upgrade Required');
  await lab.deploy(`new (require('ws').WebSocketServer)({ port: 8091 });`);
  expect(await ask(lab).answer).toBe('426 Upgrade Required');
});

test('a body of any bytes comes whole, and goes back as it came', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${HTTP}http.createServer((req, res) => req.pipe(res)).listen(8091);`);
  const bytes = randomBytes(20_000);
  const request = http.request({ createConnection: () => lab.network.connect(8091), method: 'POST' });
  request.end(bytes);
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  expect(response.headers).toMatchObject({ connection: 'close', 'content-length': '20000' });
});

test('a body that is too large gets 413, and the script hears nothing of it', async () => {
  const small = createServerPool({ ...config, SERVER_MESSAGE_MAX_BYTES: 1_000 }, held, { error() {} });
  try {
    const lab = testServers(small);
    await lab.deploy(
      `${HTTP}http.createServer((req, res) => { console.log('asked'); res.end('got it'); }).listen(8091);`,
    );
    expect(await ask(lab, { method: 'POST' }, 'x'.repeat(1_000)).answer).toBe('200 got it');
    expect(await ask(lab, { method: 'POST' }, 'x'.repeat(1_001)).answer).toBe('413 ');
    expect(lab.lines()).toEqual(['log asked']);
  } finally {
    await small.close();
  }
});

test('a client that goes before its answer is told to the script, and leaves its place', async () => {
  const few = createServerPool({ ...config, SERVER_MAX_CLIENTS: 2 }, held, { error() {} });
  try {
    const lab = testServers(few);
    await lab.deploy(`${HTTP}const server = http.createServer((req, res) => {
      if (req.url === '/quick') return res.end('quick');
      console.log('waits');
      req.on('aborted', () => console.log('aborted'));
      res.on('close', () => console.log('closed', res.writableEnded));
    }).listen(8091);`);
    for (let round = 1; round <= 3; round += 1) {
      const waiting = [ask(lab), ask(lab)];
      await lab.until(() => lab.lines().filter((line) => line === 'log waits').length === 2 * round);
      expect(await ask(lab, { path: '/quick' }).answer).toBe('503 ');
      for (const { request } of waiting) request.destroy();
      await lab.until(() => lab.lines().filter((line) => line === 'log closed false').length === 2 * round);
      expect(await ask(lab, { path: '/quick' }).answer).toBe('200 quick');
    }
    expect(lab.lines().filter((line) => line === 'log aborted').length).toBe(6);
  } finally {
    await few.close();
  }
});

test('an upgrade that the script never takes leaves its place when its client goes', async () => {
  const few = createServerPool({ ...config, SERVER_MAX_CLIENTS: 2 }, held, { error() {} });
  try {
    const lab = testServers(few);
    await lab.deploy(`${HTTP}const server = http.createServer((req, res) => res.end('quick'));
      server.on('upgrade', (req, socket) => { console.log('upgrade'); socket.on('close', () => console.log('closed')); });
      server.listen(8091);`);
    const clients = [lab.client(), lab.client()];
    await lab.until(() => lab.lines().length === 2);
    expect(await ask(lab).answer).toBe('503 ');
    for (const { socket } of clients) socket.terminate();
    await lab.until(() => lab.lines().length === 4);
    expect(await ask(lab).answer).toBe('200 quick');
  } finally {
    await few.close();
  }
});

test('a second request on the same connection is never read', async () => {
  const lab = testServers(pool);
  await lab.deploy(
    `${HTTP}let n = 0; http.createServer((req, res) => setTimeout(() => res.end('answer ' + ++n), 5)).listen(8091);`,
  );
  const stream = lab.network.connect(8091);
  stream.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50));
  let text = '';
  for await (const chunk of stream) text += chunk;
  expect(text.match(/answer \d/g)).toEqual(['answer 1']);
  expect(await ask(lab).answer).toBe('200 answer 2');
});

test('a status and a reason of any kind go out as in Node, and a header that none can carry is refused where it is set', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${HTTP}http.createServer((req, res) => {
    res.statusCode = '404.5'; res.statusMessage = 5;
    try { res.setHeader('x', '→'); } catch (error) { res.setHeader('refused', error.name); }
    res.end();
  }).listen(8091);`);
  const [response] = await once(ask(lab).request, 'response');
  expect([response.statusCode, response.statusMessage]).toEqual([404, '5']);
  expect(response.headers).toMatchObject({ refused: 'TypeError' });
  expect(response.headers).not.toHaveProperty('x');
});

describe('what a script does in its handler ends the server alone:', () => {
  test.each([
    ['a loop', 'for (;;);', /^Error: one event took more than 150 ms/],
    ['an error', `throw new RangeError('mine');`, /^RangeError: mine$/],
    ['memory', 'const a = []; for (;;) a.push(new Float64Array(1e5));', /used up its 16 MiB/],
    ['a head too large', `res.setHeader('x', 'y'.repeat(9000)); res.end();`, /a head of more than 8192 char/],
    ['a header that is none', `res.setHeader('x', 'a\\r\\nb'); res.end();`, /Invalid character in header/],
    ['an answer that is none', 'res.writeHead(101); res.end();', /101 is no answer to a request/],
    ['a status that is none', 'res.statusCode = NaN; res.end();', /^RangeError: Invalid status code: NaN$/],
    ['a reason that is none', `res.writeHead(200, 'a\\r\\nb').end();`, /Invalid character in header/],
  ])('%s', async (_name, attack, message) => {
    const lab = testServers(pool);
    await lab.deploy(`${HTTP}http.createServer((req, res) => {\n${attack}\n}).listen(8091);`);
    const { answer } = ask(lab);
    await lab.until(() => lab.crashes().length === 1);
    expect(lab.crashes()[0]).toMatchObject({ message: expect.stringMatching(message), line: 3 });
    expect(await answer).toBe('socket hang up');
    await innocentAnswers();
  });
});

test('headers that contradict each other cost their client the answer, and nobody else', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${HTTP}http.createServer((req, res) => {
    if (req.url === '/good') return res.end('good');
    res.setHeader('Content-Length', '3'); res.setHeader('Trailer', 'x'); res.end('abc'); }).listen(8091);`);
  expect(await ask(lab).answer).toBe('socket hang up');
  expect(await ask(lab, { path: '/good' }).answer).toBe('200 good');
  expect(lab.crashes()).toEqual([]);
});

test('bytes to an upgrade that is not taken are bounded as messages are', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${HTTP}const server = http.createServer();
    server.on('upgrade', (req, socket) => setInterval(() => socket.write('x'.repeat(50000)), 1));
    server.listen(8091);`);
  const { socket } = lab.client();
  const stream = lab.network.connect(8091);
  stream.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await lab.until(() =>
    lab.lines().includes('error A client was cut off: more than 300000 bytes waited for it.'),
  );
  expect(lab.crashes()).toEqual([]);
  socket.terminate();
});

test('a script that makes its own guest say what no server says ends itself', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${HTTP}http.createServer((req, res) => {
    res.writeHead(200); res.statusCode = 'x'; res.end(); }).listen(8091);`);
  void ask(lab);
  await lab.until(() => lab.crashes().length === 1);
  await innocentAnswers();
});
