// Servers written to break out, to stand still, to flood or to eat memory: each ends alone, and another in the same thread answers.
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { innocentAnswers, pool, SERVER } from './attacked-pool.fixture.ts';
import { testServers } from './own-server.fixture.ts';

/** Where in each of a server's events the attack stands; `ATTACK` is on line 3. */
const events: Record<string, string> = {
  connection: `wss.on('connection', () => {\nATTACK });`,
  message: `wss.on('connection', (ws) => ws.on('message', () => {\nATTACK }));`,
  close: `wss.on('connection', (ws) => { ws.on('close', () => {\nATTACK }); ws.close(); });`,
  ping: `wss.on('connection', (ws) => ws.on('ping', () => {\nATTACK }));`,
  pong: `wss.on('connection', (ws) => { ws.ping(); ws.on('pong', () => {\nATTACK }); });`,
  error: `wss.on('connection', (ws) => { ws.send('bad'); ws.on('error', () => {\nATTACK }); });`,
  'a callback of send': `wss.on('connection', (ws) => ws.send('x', () => {\nATTACK }));`,
  headers: `wss.on('headers', () => {\nATTACK });`,
  verifyClient: `wss.options.verifyClient = () => {\nATTACK };`,
  handleProtocols: `wss.options.handleProtocols = () => {\nATTACK };`,
  'a timer': `wss.on('connection', () => setTimeout(() => {\nATTACK }, 1));`,
  'a promise': `wss.on('connection', async () => { await null;\nATTACK });`,
};

async function attackIn(script: string, attack: string) {
  const lab = testServers(pool);
  await lab.deploy(SERVER + script.replace('ATTACK', attack));
  const client = lab.client({ protocols: ['p'] });
  client.socket.on('open', () => {
    client.socket.ping();
    client.socket.send('hello');
  });
  // A frame that no server takes: unmasked.
  client.socket.on('message', (data) => {
    if (String(data) === 'bad') Reflect.get(client.socket, '_socket').write(Buffer.from([0x81, 1, 65]));
  });
  await lab.until(() => lab.crashes().length === 1);
  return { lab, crash: lab.crashes()[0], client };
}

describe('a loop without end ends the server alone, in its event:', () => {
  test.each(Object.entries(events))('%s', async (_name, script) => {
    const { lab, crash } = await attackIn(script, 'for (;;) { }');
    expect(crash?.message).toBe(
      'Error: one event took more than 150 ms of processor time, and the server was stopped',
    );
    expect([3, 4]).toContain(crash?.line);
    expect(lab.servers.list()).toMatchObject([{ state: 'crashed' }]);
    await innocentAnswers();
  });
});

describe('what it throws ends the server alone, and its line is told, in its event:', () => {
  test.each(Object.entries(events))('%s', async (_name, script) => {
    const { crash, lab } = await attackIn(script, `  throw new RangeError('mine');`);
    expect(crash).toMatchObject({ message: expect.stringMatching(/^RangeError: .*mine$/), line: 4 });
    expect(() => lab.network.connect(8091)).toThrow(expect.objectContaining({ code: 'ECONNREFUSED' }));
    await innocentAnswers();
  });
});

describe('what eats memory ends the server alone, in its event:', () => {
  const bombs = {
    arrays: 'const a = []; for (;;) a.push(new Float64Array(1e5));',
    strings: `let s = 'ab'; for (;;) s += s;`,
    'a map that is caught': 'const m = []; for (;;) try { m.push(Buffer.alloc(1e6)); } catch { m.push(m); }',
    'sockets that it keeps': 'globalThis.kept = []; for (;;) kept.push({ ws: [...wss.clients] });',
  };
  test.each(Object.entries(bombs))('%s', async (_name, bomb) => {
    const { crash } = await attackIn(events.message ?? '', bomb);
    expect(crash?.message).toMatch(
      /used up its 16 MiB of memory|took more than 150 ms|Invalid string length/,
    );
    await innocentAnswers();
  });

  test('little by little, message by message', async () => {
    const lab = testServers(pool);
    await lab.deploy(
      `${SERVER}const all = []; wss.on('connection', (ws) => ws.on('message', (m) => { all.push(m);\nws.send('.'); }));`,
    );
    const client = lab.client();
    await new Promise((resolve) => client.socket.once('open', resolve));
    const piece = 'x'.repeat(200_000);
    while (lab.crashes().length === 0) {
      client.socket.send(piece);
      await Promise.race([client.next(), client.closed]).catch(() => {});
    }
    expect(lab.crashes()[0]?.message).toBe(
      'RangeError: the server used up its 16 MiB of memory and was stopped',
    );
    expect(await client.closed).toBe('1011 The server has crashed');
    await innocentAnswers();
  });
});

test('a hundred servers that crash leave the process as large as it was', { timeout: 60_000 }, async () => {
  const bomb = `${SERVER}const a = []; setTimeout(() => { for (;;) a.push(new Float64Array(1e4).fill(1)); }, 1);`;
  const round = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      const lab = testServers(pool);
      await lab.deploy(bomb);
      await lab.until(() => lab.crashes().length === 1);
    }
  };
  await round(20);
  const before = process.memoryUsage.rss();
  await round(100);
  // If each stayed it would be 1,600; what an allocator keeps for later is its own affair.
  await expect.poll(() => (process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(400);
});

test('a step of the engine that nothing interrupts takes its thread along: its server has crashed, others start again with their next client', async () => {
  const [bad, other] = [testServers(pool), testServers(pool)];
  await other.deploy(`${SERVER}wss.on('connection', (ws) => ws.send('hello'));`);
  const witness = other.client();
  expect(await witness.next()).toBe('hello');
  await bad.deploy(`${SERVER}wss.on('connection', (ws) => ws.on('message', () => new Array(1e9) + ''));`);
  const clients = [bad.client(), bad.client(), bad.client()];
  await Promise.all(clients.map(({ socket }) => new Promise((resolve) => socket.once('open', resolve))));
  clients[0]?.socket.send('now');
  expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual(
    Array(3).fill('1011 The server has crashed'),
  );
  expect(bad.crashes()[0]?.message).toMatch(/in a single step of the engine, and the server was stopped$/);
  expect(await witness.closed).toBe('1012 The server restarts');
  expect(other.told.at(-1)).toMatchObject({ type: 'server-stopped' });
  expect(other.servers.list()).toMatchObject([{ state: 'resting' }]);
  expect(await other.client().next()).toBe('hello');
  expect(other.servers.list()).toMatchObject([{ state: 'running' }]);
  expect(pool.stats().lost).toBeGreaterThan(0);

  // From then on it is among its like: another time hurts nobody else.
  const calm = other.client();
  expect(await calm.next()).toBe('hello');
  expect((await bad.servers.deploy(8091, `new Array(1e9) + '';`))?.error.message).toMatch(/single step/);
  expect(await other.client().next()).toBe('hello');
  expect(calm.socket.readyState).toBe(calm.socket.OPEN);
});

test('a script that looks for the host finds only its own world', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${SERVER}
    const seen = new Set(); const found = [];
    const walk = (value, path) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value) || seen.size > 20000) return;
      seen.add(value);
      for (const key of Reflect.ownKeys(value)) {
        if (['hostCall', 'Deno', 'WebAssembly', 'std', 'os', 'bjson', 'mainModule', 'binding', 'dlopen'].includes(key)) found.push(path + '.' + String(key));
        let member; try { member = value[key]; } catch { continue; }
        walk(member, path + '.' + String(key));
      }
      walk(Object.getPrototypeOf(value), path + '.^');
    };
    for (const [name, value] of Object.entries({ globalThis, require, module, wss, process, crypto: require('crypto') })) walk(value, name);
    const asked = console.log.constructor('return typeof hostCall + typeof fetch + typeof WebAssembly + typeof Worker')();
    console.log([found.join(), asked, seen.size > 300, Object.keys(process.env)].join('|'));`);
  expect(lab.lines()).toEqual([`log |${'undefined'.repeat(4)}|true|PORT`]);
});

test('a script that breaks what its own guest is made of breaks itself alone', async () => {
  const lab = testServers(pool);
  await lab.deploy(`${SERVER}wss.on('connection', (ws) => {
    JSON.parse = JSON.stringify = Map.prototype.get = Array.prototype.push = Buffer.from = () => { throw new Error('gone'); };
    ws.on('message', () => ws.send('x')); });`);
  const client = lab.client();
  client.socket.on('open', () => client.socket.send('x'));
  await Promise.race([client.next().catch(() => {}), client.closed]);
  await innocentAnswers();
  expect(client.socket).toBeInstanceOf(WebSocket);
});

describe('a script that makes its own guest say what no server says', () => {
  const lies = {
    'a close code that is none': 'Number.isInteger = () => true; ws.close(1005.5);',
    'a close reason without measure': "Buffer.byteLength = () => 1; ws.close(1000, 'x'.repeat(1e5));",
    'a ping without measure':
      "const from = Buffer.from; Buffer.from = (v) => { const b = from(v); Object.defineProperty(b, 'length', { get: () => n++ ? 9999 : 1 }); return b; }; let n = 0; ws.ping('x'.repeat(9999));",
    'another client':
      'for (const key of Object.getOwnPropertySymbols(ws)) { ws[key] = -7; ws.send("x"); ws.terminate(); }',
    'a message limit that is none':
      'wss.close(); Number.isSafeInteger = () => true; new WebSocketServer({ port: 8091, maxPayload: 0.5 });',
  };
  test.each(Object.entries(lies))('%s', async (_name, lie) => {
    const lab = testServers(pool);
    await lab.deploy(`${SERVER}wss.on('connection', (ws) => ws.on('message', () => { ${lie} throw 1; }));`);
    const client = lab.client();
    await new Promise((resolve) => client.socket.once('open', resolve));
    client.socket.send('x');
    await lab.until(() => lab.crashes().length > 0);
    await innocentAnswers();
  });
});
