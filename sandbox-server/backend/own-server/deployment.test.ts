// Deploying a server, deploying it again, taking it away, and what its clients are told each time.
import { expect, onTestFinished, test } from 'vitest';
import { testPool, testServers } from './own-server.fixture.ts';
import { type ServerStorage, ServerUnknown, TooManyServers } from './own-servers.ts';
import { ServersFull } from './pool.ts';

/** Says who it is to each client, and how many it has greeted. */
const greeter = (word: string, port = 8091) => `
const { WebSocketServer } = require('ws');
let greeted = 0;
new WebSocketServer({ port: ${port} }).on('connection', (ws) => ws.send('${word} ' + ++greeted));`;

test('a new deployment takes the place of the old one, whose clients are told 1012', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(greeter('first'));
  const before = lab.client();
  expect(await before.next()).toBe('first 1');
  await lab.deploy(greeter('second'));
  expect(await before.closed).toBe('1012 The server restarts');
  expect(await lab.client().next()).toBe('second 1');
  expect(lab.told.map(({ type }) => type)).toEqual(['server-started', 'server-stopped', 'server-started']);
});

/** What refuses it, the script, what is told, and whether anything of it has run. */
type Refused = [name: string, script: string, error: object, compiled: boolean];

test.each<Refused>([
  ['cannot be parsed', 'let a = 1;\nlet b = ;', { name: 'SyntaxError', line: 2, column: 9 }, false],
  ['is nested too deep', '('.repeat(20_000), { name: 'SyntaxError' }, false],
  ['throws', '\nthrow new TypeError("no");', { name: 'TypeError', message: 'no', line: 2 }, true],
  ['throws as a module', 'import "ws";\nawait null;\nnull.x;', { name: 'TypeError', line: 3 }, true],
  ['exports', 'import "ws";\n  export const a = 1;', { name: 'SyntaxError', line: 2, column: 3 }, false],
  [
    'listens on another port',
    greeter('x', 8092),
    {
      line: 4,
      message:
        'port 8092 is not the one that this server is deployed to: its clients come to port 8091, which their target-url names; write { port: 8091 }',
    },
    true,
  ],
  [
    'does not listen',
    'console.log(1);',
    {
      line: null,
      message:
        'the script has ended: it neither listens nor connects, and no timer runs; a server needs new WebSocketServer({ port: 8091 })',
    },
    true,
  ],
  [
    'wants what there is not',
    '\n\nrequire("express")',
    {
      line: 3,
      message:
        "require: there is no module 'express'; there are buffer, crypto, events, http, perf_hooks, querystring, timers, url, util, ws",
    },
    true,
  ],
  ...['https', 'node:https', 'http2'].map(
    (name): Refused => [
      `wants ${name}`,
      `\nconst web = require("${name}");`,
      {
        line: 2,
        message: expect.stringMatching(
          /^require: there is no module 'http(s|2)' in the lab: the gateway speaks TLS, .* write require\('http'\)\.createServer\(\)$/,
        ),
      },
      true,
    ],
  ),
  [
    'wants https as a module',
    'import { createServer } from "https";\nimport "ws";',
    { line: 1, message: expect.stringContaining('the gateway speaks TLS') },
    true,
  ],
  ...['port: 8091, noServer: true', 'path: "/"', 'server: wss, port: 8091'].map(
    (options): Refused => [
      `asks for { ${options} }`,
      `const { WebSocketServer } = require("ws"); const wss = 1;\n\nnew WebSocketServer({ ${options} });`,
      {
        name: 'TypeError',
        line: 3,
        message: 'One and only one of the "port", "server", or "noServer" options must be specified',
      },
      true,
    ],
  ),
  [
    'gives a WebSocketServer what is no server',
    'const { WebSocketServer } = require("ws");\nnew WebSocketServer({ server: {} });',
    { name: 'TypeError', line: 2, message: expect.stringContaining('http.createServer()') },
    true,
  ],
  [
    'lets an HTTP server listen elsewhere',
    'const http = require("http");\nhttp.createServer().listen(8080, () => {});',
    { line: 2, message: expect.stringMatching(/^port 8080 is not .* write server\.listen\(8091\)$/) },
    true,
  ],
  [
    'connects to what is no address',
    'const WebSocket = require("ws");\nnew WebSocket("a b")',
    { line: 2, name: 'SyntaxError', message: 'Invalid URL: a b' },
    true,
  ],
  [
    'listens twice',
    `${greeter('x')}\n${greeter('y').replace(/const.*\n|let.*\n/g, '')}`,
    { message: 'listen EADDRINUSE: this script has a server on its port already' },
    true,
  ],
  ['exits', '\nprocess.exit(3);', { line: 2, message: 'the script called process.exit(3)' }, true],
])(
  'a script that %s is refused at its line, and what ran before runs on',
  async (_name, script, error, compiled) => {
    const lab = testServers(testPool().pool);
    await lab.deploy(greeter('old'));
    const client = lab.client();
    await client.next();
    expect(await lab.servers.deploy(8091, script)).toMatchObject({ error, compiled });
    expect(await lab.client().next()).toBe('old 2');
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  },
);

test('compression is declined: who asks for it is told at the line, who does without is told nothing', async () => {
  const lab = testServers(testPool().pool);
  const asking = (value: string) =>
    `const { WebSocketServer } = require('ws');\n\nnew WebSocketServer({ port: 8091, perMessageDeflate: ${value} }).on('connection', (ws) => ws.send(ws.extensions + '.'));`;
  for (const value of ['false', 'undefined', 'null']) await lab.deploy(asking(value));
  expect(lab.lines()).toEqual([]);
  for (const value of ['true', '{ threshold: 1024 }']) {
    await lab.deploy(asking(value));
    expect(lab.lines().at(-1)).toBe(
      'error Line 3: perMessageDeflate has no effect in the lab: no compression is negotiated, and every client gets its messages uncompressed',
    );
  }
  const client = lab.client({ perMessageDeflate: true });
  expect([await client.next(), client.socket.extensions]).toEqual(['.', '']);
});

test('what is taken away tells its clients 1001, and port 8091 is the uppercase server’s again', async () => {
  const lab = testServers(testPool().pool);
  expect(await lab.client().next()).toBe('Welcome to the WebSocket server!');
  await lab.deploy(greeter('mine'));
  await lab.deploy(greeter('other', 9000), 9000);
  const client = lab.client();
  expect(await client.next()).toBe('mine 1');
  await lab.servers.remove(8091);
  expect(await client.closed).toBe('1001 The server is stopped');
  expect(await lab.client().next()).toBe('Welcome to the WebSocket server!');
  expect(await lab.client({ port: 9000 }).next()).toBe('other 1');
  await expect(lab.servers.remove(8091)).rejects.toThrow(ServerUnknown);
  await lab.servers.remove(9000);
  expect(() => lab.network.connect(9000)).toThrow(expect.objectContaining({ code: 'ECONNREFUSED' }));
});

test('a server that crashes tells all its clients 1011, refuses until it is deployed again, and says why', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(`${greeter('x').replace(/;$/, '')}
  .on('connection', (ws) => ws.on('message', () => {
    undefined.x;
  }));`);
  const clients = [lab.client(), lab.client(), lab.client()];
  await Promise.all(clients.map((client) => client.next()));
  clients[1]?.socket.send('now');
  expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual(
    Array(3).fill('1011 The server has crashed'),
  );
  expect(lab.crashes()).toMatchObject([{ port: 8091, line: 6, message: expect.stringContaining("'x'") }]);
  expect(lab.servers.list()).toMatchObject([{ state: 'crashed', clients: 0, error: { line: 6 } }]);
  expect(() => lab.network.connect(8091)).toThrow('has crashed');
  await lab.deploy(greeter('mended'));
  expect(await lab.client().next()).toBe('mended 1');
});

test('a script whose server closes, and that waits for nothing more, has ended', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(`const { WebSocketServer } = require('ws');
    const wss = new WebSocketServer({ port: 8091 });
    wss.on('connection', (ws) => { wss.close(); ws.close(1000, 'done'); });`);
  expect(await lab.client().closed).toBe('1000 done');
  await lab.until(() => lab.told.at(-1)?.type === 'server-stopped');
  expect(lab.servers.list()).toMatchObject([{ state: 'ended' }]);
  expect(() => lab.network.connect(8091)).toThrow(expect.objectContaining({ code: 'ECONNREFUSED' }));
});

test('a script that listens a moment later is deployed, and refuses until then', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(`setTimeout(() => {${greeter('late')} console.log('listens'); }, 500);`);
  expect(() => lab.network.connect(8091)).toThrow(expect.objectContaining({ code: 'ECONNREFUSED' }));
  await lab.until(() => lab.lines().includes('log listens'));
  expect(await lab.client().next()).toBe('late 1');
});

test('what was deployed is kept, starts with its first client, and no sooner; what was refused is not kept', async () => {
  const { pool } = testPool();
  const kept = new Map<number, string>();
  const storage = (): ServerStorage => ({
    stored: [...kept].map(([port, script]) => ({ port, script })),
    put: (port, script) => void kept.set(port, script),
    remove: (port) => void kept.delete(port),
  });
  const first = testServers(pool, storage());
  await first.deploy(greeter('kept'));
  await first.servers.deploy(8091, 'nonsense');
  await first.deploy(greeter('gone', 9000), 9000);
  await first.servers.remove(9000);
  await first.network.close();
  expect([...kept.keys()]).toEqual([8091]);

  const second = testServers(pool, storage());
  expect(second.servers.list()).toMatchObject([{ port: 8091, state: 'resting' }]);
  expect(pool.stats().servers).toBe(0);
  const clients = [second.client(), second.client()];
  expect((await Promise.all(clients.map((client) => client.next()))).sort()).toEqual(['kept 1', 'kept 2']);
  expect(second.servers.list()).toMatchObject([{ state: 'running', clients: 2 }]);
});

test('a sandbox has so many servers, the lab runs so many, and one without clients makes room', async () => {
  const { pool } = testPool({ SERVERS_MAX: '2' });
  const [a, b] = [testServers(pool, undefined, 2), testServers(pool)];
  await a.deploy(greeter('one'));
  await a.deploy(greeter('two', 9000), 9000);
  await expect(a.servers.deploy(9001, greeter('three', 9001))).rejects.toThrow(TooManyServers);
  const client = a.client({ port: 9000 });
  expect(await client.next()).toBe('two 1');

  await b.deploy(greeter('new'));
  expect(a.servers.list()).toMatchObject([{ state: 'resting' }, { state: 'running' }]);
  const other = b.client();
  expect(await other.next()).toBe('new 1');
  await expect(b.servers.deploy(9000, greeter('more', 9000))).rejects.toThrow(ServersFull);
  expect(b.servers.list()).toHaveLength(1);
  // Who has one already may deploy it anew.
  await b.deploy(greeter('newer'));
  expect(await b.client().next()).toBe('newer 1');

  // One that rests starts anew with its next client, as soon as there is room.
  client.socket.close();
  await client.closed;
  await expect.poll(() => a.servers.list()[1]?.clients, { interval: 1 }).toBe(0);
  expect(await a.client().next()).toBe('one 1');
  expect(a.servers.list()).toMatchObject([{ state: 'running' }, { state: 'resting' }]);
});

test('of two deployments at a time the last one stays', async () => {
  const { pool } = testPool();
  const lab = testServers(pool);
  await Promise.all([lab.deploy(greeter('a')), lab.deploy(greeter('b')), lab.deploy(greeter('c'))]);
  expect(await lab.client().next()).toBe('c 1');
  await expect.poll(() => pool.stats().servers, { interval: 1 }).toBe(1);
});

test('a sandbox that goes takes its servers with it, one that is just starting too', async () => {
  const { pool } = testPool();
  const lab = testServers(pool);
  await lab.deploy(greeter('mine'));
  const client = lab.client();
  await client.next();
  const starting = lab.servers.deploy(9000, greeter('late', 9000));
  await lab.network.close();
  expect(await client.closed).toBe('1001 The server is stopped');
  await starting;
  await expect.poll(() => pool.stats().servers, { interval: 1 }).toBe(0);
  onTestFinished(() => expect(lab.network.connections()).toBe(0));
});

test('beyond its clients a handshake gets 503', async () => {
  const lab = testServers(testPool({ SERVER_MAX_CLIENTS: '2' }).pool);
  await lab.deploy(greeter('x'));
  await Promise.all([lab.client().next(), lab.client().next()]);
  const { socket } = lab.client();
  const [error] = await new Promise<[Error]>((resolve) => socket.once('error', (...args) => resolve(args)));
  expect(error.message).toBe('Unexpected server response: 503');
});
