// `new WebSocket` of the lab's `ws` and of the real one: the same script in both, to the same server in both, and the console has the same.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { format } from 'node:util';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { loadServerCode } from './load-code.ts';
import { testPool, testServers } from './own-server.fixture.ts';

/** What the scripts connect to; it does what the path says. */
const SERVER = `const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({
  port: 8091,
  verifyClient: ({ req }) => req.url !== '/refused',
  handleProtocols: (protocols) => (protocols.has('none') ? false : [...protocols].at(-1)),
});
wss.on('connection', (ws, { url, headers }) => {
  ws.on('error', () => {});
  if (url === '/close') return ws.close(4001, 'as asked ä');
  if (url === '/terminate') return ws.terminate();
  if (url === '/long') return ws.send('x'.repeat(2_000));
  if (url === '/ping') {
    ws.ping('are you there');
    ws.on('pong', (data) => ws.send('pong ' + data));
    return ws.on('ping', (data) => ws.send('pinged ' + data));
  }
  if (url.startsWith('/headers')) return ws.send([url, headers['x-mine'], headers.origin, headers.authorization].join());
  ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
  ws.on('close', (code, reason) => console.log('server saw', code, reason.toString()));
});`;

/** `ADDRESS` is that of the server, `NOBODY` one where nobody listens. A script's last line on the console is `done`. */
const scripts: Record<string, string> = {
  'states, and what is said to and fro': `const ws = new WebSocket(ADDRESS);
    console.log(ws.readyState, ws.protocol === '', ws.extensions === '', ws.url === ADDRESS + '/', ws instanceof WebSocket, ws.bufferedAmount);
    const said = ['ä\\u0000😀', Buffer.from([0, 255]), 42, new Uint8Array([1]), ''];
    ws.on('open', () => {
      console.log('open', ws.readyState);
      ws.send(said.shift(), (error) => console.log('sent', !error));
    });
    ws.on('message', (data, isBinary) => {
      console.log(Buffer.isBuffer(data), isBinary, data.toString('hex'));
      if (said.length > 0) return ws.send(said.shift());
      ws.close(4000, 'mine');
      console.log(ws.readyState);
      ws.send('too late', (error) => console.log(error.message));
    });
    ws.on('close', (code, reason) => { console.log(code, String(reason), ws.readyState); console.log('done'); });`,
  'a server that closes': `new WebSocket(ADDRESS + '/close').on('close', (code, reason) => {
    console.log(code, Buffer.isBuffer(reason), reason.toString()); console.log('done'); });`,
  'a connection that breaks': `new WebSocket(ADDRESS + '/terminate').on('close', (code, reason) => {
    console.log(code, reason.toString()); console.log('done'); });`,
  'a script that terminates': `const ws = new WebSocket(ADDRESS);
    ws.on('open', () => ws.terminate());
    ws.on('close', (code) => { console.log(code); console.log('done'); });`,
  'pings both ways': `const ws = new WebSocket(ADDRESS + '/ping');
    const seen = [];
    const end = () => { if (seen.length < 4) return; console.log(seen.sort().join()); console.log('done'); ws.terminate(); };
    ws.on('ping', (data) => { seen.push('ping ' + data); ws.ping('me too'); end(); });
    ws.on('pong', (data) => { seen.push('pong for ' + data); end(); });
    ws.on('message', (data) => { seen.push(data.toString()); end(); });`,
  'pings that are not answered': `const ws = new WebSocket(ADDRESS + '/ping', { autoPong: false });
    ws.on('ping', () => ws.ping());
    ws.on('message', (data) => { console.log(data.toString()); console.log('done'); ws.terminate(); });`,
  "the browser's way to listen": `const ws = new WebSocket(ADDRESS);
    ws.onopen = ({ type, target }) => { console.log(type, target === ws); ws.send('a'); };
    ws.onmessage = ({ data }) => { console.log(typeof data, data); ws.close(1000, 'bye'); };
    ws.addEventListener('open', () => console.log('also'));
    ws.onerror = () => console.log('never');
    ws.addEventListener('close', ({ code, reason, wasClean }) => { console.log(code, reason, wasClean); console.log('done'); });`,
  'what is said too early': `const ws = new WebSocket(ADDRESS);
    for (const call of ['send', 'ping', 'pong']) try { ws[call]('x'); } catch (error) { console.log(error.name, error.message); }
    ws.pause();
    console.log(ws.isPaused);
    ws.on('open', () => { console.log('done'); ws.terminate(); });`,
  'an end before the beginning': `for (const how of ['close', 'terminate']) {
      const ws = new WebSocket(ADDRESS);
      ws.on('open', () => console.log('never'));
      ws.on('error', (error) => console.log(how, error.name, error.message, ws.readyState));
      ws.on('close', (code) => { console.log(how, code, ws.readyState); if (how === 'terminate') console.log('done'); });
      ws[how]();
      console.log(ws.readyState);
    }`,
  'nobody there': `const ws = new WebSocket(NOBODY);
    ws.on('error', (error) => console.log(error.code, error.message.startsWith('connect ECONNREFUSED'), ws.readyState));
    ws.on('close', (code, reason) => { console.log(code, String(reason), ws.readyState); console.log('done'); });`,
  'a handshake that is refused': `const ws = new WebSocket(ADDRESS + '/refused');
    ws.onerror = ({ message, error }) => console.log(message, error.name);
    ws.onclose = ({ code, wasClean }) => { console.log(code, wasClean); console.log('done'); };`,
  subprotocols: `const next = (asked, ...rest) => {
      if (!asked) return console.log('done');
      const ws = new WebSocket(ADDRESS, ...asked);
      ws.on('open', () => { console.log(JSON.stringify(ws.protocol)); ws.terminate(); });
      ws.on('error', (error) => console.log(error.message));
      ws.on('close', () => next(...rest));
    };
    next(['one'], [['a', 'b']], [[]], [{ protocols: ['c', 'd'] }], ['none'], [undefined, { protocols: 'e' }]);`,
  'what is no address or subprotocol': `for (const args of [[''], ['a b'], ['ftp://localhost'], [ADDRESS + '#part'], [ADDRESS, ['a', 'a']], [ADDRESS, 'a b'], [undefined]])
      try { new WebSocket(...args); console.log('no error'); } catch (error) { console.log(error.name, error.message.replace(/\\d{4,}/, 'port')); }
    setTimeout(() => console.log('done'), 1);`,
  'headers, query, and other ways to write the address': `const options = { headers: { 'X-Mine': 'yes' }, origin: 'http://mine.example' };
    const { port } = new URL(ADDRESS);
    const next = (address, ...rest) => {
      if (!address) return console.log('done');
      const ws = new WebSocket(address, options);
      ws.on('message', (data) => { console.log(data.toString(), ws.url.replace(port, 'port')); ws.terminate(); });
      ws.on('close', () => next(...rest));
    };
    next(ADDRESS + '/headers?a=%C3%A4 b', new URL(ADDRESS + '/headers'), ADDRESS.replace('ws:', 'http:') + '/headers', ADDRESS.replace('//', '//me:secret@') + '/headers');`,
  'a message that is too long': `const ws = new WebSocket(ADDRESS + '/long', [], { maxPayload: 1_000 });
    ws.on('message', () => console.log('never'));
    ws.on('error', (error) => console.log(error.name, error.code, error.message));
    ws.on('close', (code) => { console.log(code); console.log('done'); });`,
};

beforeAll(() => loadServerCode(), 60_000);

const HEAD = `const { WebSocket } = require('ws');\n`;

async function inLab(script: string): Promise<() => string[]> {
  const lab = testServers(testPool().pool);
  await lab.deploy(SERVER);
  const addresses = `const [ADDRESS, NOBODY] = ['ws://localhost:8091', 'ws://localhost:8093'];\n`;
  await lab.deploy(HEAD + addresses + script, 8092);
  return () =>
    lab.told.flatMap((told) => (told.type === 'server-console' && told.port === 8092 ? [told.text] : []));
}

async function inNode(script: string): Promise<() => string[]> {
  const require = createRequire(import.meta.url);
  const made: WebSocketServer[] = [];
  class Listening extends WebSocketServer {
    constructor(options: ConstructorParameters<typeof WebSocketServer>[0]) {
      super({ ...options, port: 0, host: '127.0.0.1' });
      made.push(this);
    }
  }
  const ws = { WebSocketServer: Listening, WebSocket };
  const find = (name: string) => (name === 'ws' ? ws : require(name));
  const lines: string[] = [];
  const run = (text: string, log: (...args: unknown[]) => void) =>
    new Function('require', 'console', text)(find, { log });
  run(SERVER, () => {});
  run(SERVER, () => {});
  const [server, gone] = made;
  if (!server || !gone) throw new Error('the script makes no server');
  await Promise.all([once(server, 'listening'), once(gone, 'listening')]);
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const portOf = (each: WebSocketServer) => z.object({ port: z.number() }).parse(each.address()).port;
  const [port, nobody] = [portOf(server), portOf(gone)];
  await new Promise((resolve) => gone.close(resolve));
  const addresses = `const [ADDRESS, NOBODY] = ['ws://localhost:${port}', 'ws://127.0.0.1:${nobody}'];\n`;
  run(HEAD + addresses + script, (...args) => lines.push(format(...args)));
  return () => lines;
}

test.each(Object.entries(scripts))('%s', async (_name, script) => {
  const [lab, node] = [await inLab(script), await inNode(script)];
  await expect.poll(() => node().at(-1), { interval: 1 }).toBe('done');
  await expect.poll(() => lab(), { interval: 1 }).toEqual(node());
});
