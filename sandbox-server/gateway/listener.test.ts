import { randomBytes } from 'node:crypto';
import { connect as tcp } from 'node:net';
import { connect as tls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptValue } from './handshake/accept.ts';
import { freshKey } from './handshake/key.ts';
import { exchangeRaw, openRaw, readHead } from './raw-client.fixture.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

let lab: StartedGateway;
/** For clients that are too slow; all others have the time that a busy machine may take. */
let hurried: StartedGateway;
beforeAll(async () => {
  lab = await startGateway({ settings: { BODY_MAX_BYTES: '1000', SANDBOX_MAX_CONNECTIONS: '3' } });
  hurried = await startGateway({ settings: { HEAD_TIMEOUT_SECONDS: '2' } });
  lab.deploy(definitionText('/one', upgradePolicy()));
  lab.deploy(definitionText('/two', scriptPolicy(handshakeScript())));
  lab.deploy(definitionText('/text', scriptPolicy("context.set('message.status.code', 201);")));
  lab.deploy(definitionText('/https', upgradePolicy()).replace('[https, wss]', '[https]'));
});
afterAll(async () => {
  await Promise.all([lab.close(), hurried.close()]);
  expect([...lab.faults, ...hurried.faults]).toEqual([]);
});
beforeEach(() => {
  lab.events.length = 0;
});

function handshake(
  path: string,
  changed: Record<string, string | null> = {},
  start = `GET ${path} HTTP/1.1`,
): string {
  const headers: Record<string, string | null> = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': freshKey(),
    'Sec-WebSocket-Version': '13',
    ...changed,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  return `${[start, ...lines].join('\r\n')}\r\n\r\n`;
}

const freshName = () => `o${randomBytes(6).toString('hex')}`;

const errorBody = (body: string): unknown => JSON.parse(body);

describe('the gateway on the wire', () => {
  it('sends a scripted 101 byte for byte as the script composed it', async () => {
    const key = freshKey();
    const socket = await openRaw(lab.port);
    socket.write(
      handshake('/maple/sandbox/two', {
        'Sec-WebSocket-Key': key,
        Connection: 'keep-alive, Upgrade',
        'X-Own': '1',
      }),
    );
    const { head } = await readHead(socket);
    expect(head.split('\r\n')).toEqual([
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: keep-alive, Upgrade',
      `Sec-WebSocket-Accept: ${acceptValue(key)}`,
      expect.stringMatching(/^X-Global-Transaction-ID: [0-9a-f]{24}$/),
    ]);
    socket.destroy();
    await lab.tells('connection-closed');
  });

  it('passes on frames that came together with the handshake', async () => {
    const socket = await openRaw(lab.port);
    const ping = Buffer.from([0x89, 0x80, 1, 2, 3, 4]);
    socket.write(Buffer.concat([Buffer.from(handshake('/maple/sandbox/one')), ping]));
    const answered = new Promise<void>((resolve) => {
      let bytes = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk]);
        // An empty pong.
        if (bytes.includes(Buffer.from([0x8a, 0x00]))) resolve();
      });
    });
    await answered;
    // The client ends its half only; the target then ends the other.
    socket.end();
    expect(await lab.tells('connection-closed')).toMatchObject({
      by: 'client',
      how: 'end',
      bytesFromClient: ping.length,
    });
    socket.destroy();
  });

  const refused: [string, string, number][] = [
    ['another method', handshake('', {}, 'POST /maple/sandbox/one HTTP/1.1'), 400],
    ['HTTP/1.0', handshake('', {}, 'GET /maple/sandbox/one HTTP/1.0'), 400],
    ['HTTP/2.0 in an HTTP/1.1 head', handshake('', {}, 'GET /maple/sandbox/one HTTP/2.0'), 400],
    ['no Host', handshake('/maple/sandbox/one', { Host: null }), 400],
    ['two Hosts', handshake('/maple/sandbox/one', { host: 'other' }), 400],
    ['no key', handshake('/maple/sandbox/one', { 'Sec-WebSocket-Key': null }), 400],
    [
      'a key of 15 bytes',
      handshake('/maple/sandbox/one', { 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAA' }),
      400,
    ],
    ['two keys', handshake('/maple/sandbox/one', { 'sec-websocket-key': freshKey() }), 400],
    ['another version', handshake('/maple/sandbox/one', { 'Sec-WebSocket-Version': '12' }), 426],
    ['no version', handshake('/maple/sandbox/one', { 'Sec-WebSocket-Version': null }), 426],
    ['a subprotocol twice', handshake('/maple/sandbox/one', { 'Sec-WebSocket-Protocol': 'a, a' }), 400],
    ['no Upgrade', handshake('/maple/sandbox/one', { Upgrade: null }), 426],
    ['another Upgrade', handshake('/maple/sandbox/one', { Upgrade: 'h2c' }), 426],
    ['no token in Connection', handshake('/maple/sandbox/one', { Connection: 'keep-alive' }), 426],
    ['a body', `${handshake('/maple/sandbox/one', { 'Content-Length': '5' })}hello`, 400],
    [
      'a chunked body',
      `${handshake('/maple/sandbox/one', { 'Transfer-Encoding': 'chunked' })}0\r\n\r\n`,
      400,
    ],
    [
      'both lengths',
      `${handshake('/maple/sandbox/one', { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' })}0\r\n\r\n`,
      400,
    ],
    ['white space before a colon', handshake('/maple/sandbox/one').replace('Host:', 'Host :'), 400],
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a head that is too large', handshake('/maple/sandbox/one', { 'X-Long': 'a'.repeat(20_000) }), 431],
    ['an unknown organization', handshake('/birch/sandbox/one'), 404],
    ['an unknown catalog', handshake('/maple/production/one'), 404],
    ['an unknown base path', handshake('/maple/sandbox/nothing'), 404],
    ['an unknown path', handshake('/maple/sandbox/one/nothing'), 404],
    ['an API without wss', handshake('/maple/sandbox/https'), 404],
  ];
  it.each(refused)('answers %s in bounded time with a status that fits', async (_, request, status) => {
    const answer = await exchangeRaw(lab.port, request);
    expect(answer.status).toBe(status);
    expect(answer.head).toMatch(/^X-Global-Transaction-ID: [0-9a-f]{24}$/m);
    if (status !== 426) expect(errorBody(answer.body)).toMatchObject({ httpCode: String(status) });
  });

  it('says which version it speaks, and the product’s event codes', async () => {
    const version = await exchangeRaw(
      lab.port,
      handshake('/maple/sandbox/one', { 'Sec-WebSocket-Version': '8' }),
    );
    expect(version.head).toMatch(/^Sec-WebSocket-Version: 13$/m);
    await exchangeRaw(lab.port, handshake('', {}, 'POST /maple/sandbox/one HTTP/1.1'));
    await exchangeRaw(lab.port, handshake('', {}, 'GET /maple/sandbox/one HTTP/1.0'));
    expect(lab.told('gateway-log').map(({ code }) => code)).toEqual([null, '0x00b3006b', '0x00b3006c']);
  });

  it('forwards a request without Upgrade, so that the target’s own 426 is seen', async () => {
    const answer = await exchangeRaw(lab.port, 'GET /maple/sandbox/one HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect([answer.status, answer.body]).toEqual([426, 'Upgrade Required']);
  });

  it('answers a plain request with the message, and does not run on', async () => {
    const request =
      'POST /maple/sandbox/text HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/x\r\nContent-Length: 5\r\n\r\nhello';
    const answer = await exchangeRaw(lab.port, `${request}${request}`);
    expect([answer.status, answer.body]).toEqual([201, 'hello']);
    expect(answer.head).toMatch(/^Content-Type: text\/x$/m);
  });

  it('sends a scripted 101 also where nothing can switch, and ends the connection', async () => {
    const answer = await exchangeRaw(lab.port, 'GET /maple/sandbox/two HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect([answer.status, answer.body]).toEqual([101, '']);
    // The facts: without a key the script hashes `undefined`.
    expect(answer.head).toContain('gH2cR3x4MfGXKljgIwL3fMYv0sY=');
    // As composed: nothing of Node's own.
    expect(answer.head).not.toMatch(/^(Connection|Keep-Alive|Date|Transfer-Encoding):/im);
  });

  it('answers 500 that names the header with which a head is too large', async () => {
    const name = `X-${randomBytes(4).toString('hex')}`;
    const script = `context.set('message.status.code', 200);
for (var i = 0; i < 8; i += 1) context.set('message.headers.X-Part-' + i, 'a'.repeat(1000));
context.set('message.headers.${name}', 'a'.repeat(12000));`;
    lab.deploy(definitionText('/large', scriptPolicy(script)));
    const answer = await exchangeRaw(
      lab.port,
      'GET /maple/sandbox/large HTTP/1.1\r\nHost: localhost\r\n\r\n',
    );
    expect(answer.status).toBe(500);
    expect(errorBody(answer.body)).toMatchObject({ moreInformation: expect.stringContaining(name) });
  });

  it('refuses a body over the limit with 413, announced or not', async () => {
    const start = 'POST /maple/sandbox/text HTTP/1.1\r\nHost: localhost\r\n';
    const announced = await exchangeRaw(lab.port, `${start}Content-Length: 1001\r\n\r\n`);
    const chunked = await exchangeRaw(
      lab.port,
      `${start}Transfer-Encoding: chunked\r\n\r\n3e9\r\n${'a'.repeat(1001)}\r\n`,
    );
    expect([announced.status, chunked.status]).toEqual([413, 413]);
  });

  it('gives up on a client that is too slow with its head', async () => {
    const answer = await exchangeRaw(hurried.port, 'GET /maple/sandbox/one HTTP/1.1\r\nHost: loc');
    expect(answer.status).toBe(408);
  });

  it('offers HTTP/1.1 to a client that names no sandbox, since HTTP/2 would leave no way to upgrade', async () => {
    const socket = tls({
      port: lab.port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    expect(socket.alpnProtocol).toBe('http/1.1');
    expect(socket.getPeerCertificate().subjectaltname).toMatch(/DNS:localhost, .*IP Address:127\.0\.0\.1/);
    socket.destroy();
  });

  it('survives a client that speaks no TLS', async () => {
    const socket = tcp(lab.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\n\r\n');
    socket.on('error', () => {});
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
  });

  it.each([
    ['nothing', ''],
    ['half a ClientHello', '160301020001'],
  ])('ends a connection that sends %s of its TLS handshake, in the seconds of a head', async (_, hex) => {
    const socket = tcp(hurried.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    if (hex !== '') socket.write(Buffer.from(hex, 'hex'));
    const startedAt = performance.now();
    await new Promise((resolve) => socket.once('close', resolve));
    // Two minutes, where only Node's own limit ends it.
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    const open = promisify(hurried.server.getConnections).bind(hurried.server);
    await expect.poll(() => open()).toBe(0);
  });

  it('lets requests to unknown organizations not shut each other out', async () => {
    const waiting = await Promise.all(Array.from({ length: 5 }, () => openRaw(lab.port)));
    // Served but not yet closed: their client does not end them.
    for (const socket of waiting) socket.write(handshake(`/${freshName()}/sandbox/one`));
    const statuses = await Promise.all(waiting.map(async (socket) => (await readHead(socket)).status));
    expect(statuses).toEqual(Array(5).fill(404));
    for (const socket of waiting) socket.destroy();
  });

  it('answers 503 beyond the connections of one sandbox, and serves again when they are gone', async () => {
    const open = [];
    for (let i = 0; i < 3; i += 1) {
      const socket = lab.connect('/maple/sandbox/one');
      await new Promise((resolve) => socket.once('open', resolve));
      open.push(socket);
    }
    expect((await exchangeRaw(lab.port, handshake('/maple/sandbox/one'))).status).toBe(503);
    for (const socket of open) socket.terminate();
    while (lab.gateway.stats().connections > 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await exchangeRaw(lab.port, handshake('/maple/sandbox/one/nothing'))).status).toBe(404);
  });
});
