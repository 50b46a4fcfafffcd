import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from 'node:http2';
import { connect as net } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tls } from 'node:tls';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseProtocol } from './http2.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  type StartOptions,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

let lab: StartedGateway | undefined;
let session: ClientHttp2Session | undefined;
afterEach(async () => {
  session?.destroy();
  await lab?.close();
  expect(lab?.faults ?? []).toEqual([]);
  lab = undefined;
});

async function started(http2: boolean, settings: StartOptions['settings'] = {}): Promise<StartedGateway> {
  lab = await startGateway({ switches: { http2 }, settings });
  lab.deploy(definitionText('/one', upgradePolicy()));
  lab.deploy(definitionText('/two', scriptPolicy(handshakeScript())));
  lab.deploy(
    definitionText(
      '/echo',
      scriptPolicy(
        "context.message.body.write(context.get('request.headers.x-mine') + ' ' + context.get('request.headers.host'))",
      ),
    ),
  );
  return lab;
}

async function protocolFor(port: number, servername: string, ALPNProtocols: string[]) {
  const socket = tls({ port, host: '127.0.0.1', servername, ALPNProtocols, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  socket.destroy();
  return socket.alpnProtocol;
}

/** A session of a client that offers HTTP/2 only. */
function open(port: number, servername = 'maple.localhost'): ClientHttp2Session {
  session = connect(`https://127.0.0.1:${port}`, { servername, rejectUnauthorized: false });
  session.on('error', () => {});
  return session;
}

/** Settles also where the stream ends with an error. */
const closed = (stream: Duplex) => new Promise((resolve) => stream.once('close', resolve));

async function ask(on: ClientHttp2Session, headers: OutgoingHttpHeaders) {
  const stream = on.request(headers);
  stream.end();
  const [answer] = await once(stream, 'response');
  stream.setEncoding('utf8');
  return {
    status: answer[constants.HTTP2_HEADER_STATUS],
    headers: answer,
    body: (await stream.toArray()).join(''),
  };
}

function curlSpeaksHttp2(): boolean {
  return spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout?.includes('HTTP2') ?? false;
}

/** What curl gets for a handshake; ended with the head, since a 101 has no end. */
async function curl(port: number, path: string): Promise<string> {
  const handshake = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const key = `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`;
  const child = spawn('curl', [
    ...[
      '-s',
      '-i',
      '-k',
      '-N',
      '--http2',
      '--max-time',
      '30',
      '--resolve',
      `maple.localhost:${port}:127.0.0.1`,
    ],
    ...[...handshake, key].flatMap((line) => ['-H', line]),
    `https://maple.localhost:${port}${path}`,
  ]);
  let answer = '';
  for await (const chunk of child.stdout) {
    answer += chunk;
    if (answer.includes('\r\n\r\n')) break;
  }
  child.kill();
  return answer;
}

describe('HTTP/2 at the gateway', () => {
  it('is offered to clients that ask for a sandbox by its name, while its switch is on', async () => {
    const on = await started(true);
    expect(await protocolFor(on.port, 'maple.localhost', ['h2', 'http/1.1'])).toBe('h2');
    expect(await protocolFor(on.port, 'Maple.LocalHost', ['h2', 'http/1.1'])).toBe('h2');
    expect(await protocolFor(on.port, 'localhost', ['h2', 'http/1.1'])).toBe('http/1.1');
    await on.close();
    const off = await started(false);
    expect(await protocolFor(off.port, 'maple.localhost', ['h2', 'http/1.1'])).toBe('http/1.1');
  });

  it('serves a plain request, and a handshake’s URL answers as to one: the target’s 426', async () => {
    const { port } = await started(true);
    const on = open(port);
    const value = Math.random().toString(36);
    expect(await ask(on, { ':path': '/maple/sandbox/echo', 'x-mine': value })).toMatchObject({
      status: 200,
      body: `${value} maple.localhost:${port}`,
    });
    const { status, headers } = await ask(on, { ':path': '/maple/sandbox/one' });
    expect(status).toBe(426);
    expect(headers['x-global-transaction-id']).toMatch(/^[0-9a-f]{24}$/);
    expect(headers.connection).toBeUndefined();
    expect((await ask(on, { ':path': '/maple/sandbox/none' })).status).toBe(404);
  });

  it('hands a request’s headers on as HTTP/1.1 has them: one Host, one Cookie', async () => {
    const { port, told } = await started(true);
    const on = open(port);
    const path = '/maple/sandbox/echo';
    const [authority, one, two] = ['a.example', `a=${Math.random()}`, `b=${Math.random()}`];
    const asked = { ':path': path, ':authority': authority, cookie: [one, two] };
    expect((await ask(on, { ...asked, host: authority })).status).toBe(200);
    const lines = told('request-received')[0]?.headers.filter(([name]) => /^(host|cookie)$/i.test(name));
    expect(lines).toEqual([
      ['Host', authority],
      ['cookie', `${one}; ${two}`],
    ]);
  });

  it('says in the log that the session disables the upgrade', async () => {
    const { port, told } = await started(true);
    await ask(open(port), { ':path': '/maple/sandbox/one' });
    expect(told('gateway-log')[0]).toMatchObject({
      level: 'notice',
      text: 'The session is HTTP/2, which disables the WebSocket upgrade.',
    });
  });

  it('sends a header that a script sets twice, also one that should come once', async () => {
    const { port, deploy } = await started(true);
    const [one, two] = [Math.random().toString(36), Math.random().toString(36)];
    const set = (name: string) => `context.set('message.headers.${name}', ['${one}', '${two}']);`;
    deploy(definitionText('/twice', scriptPolicy(set('Set-Cookie') + set('Content-Type'))));
    const { status, headers } = await ask(open(port), { ':path': '/maple/sandbox/twice' });
    expect(status).toBe(200);
    expect(headers['set-cookie']).toEqual([one, two]);
    expect(headers['content-type']).toContain(one);
    expect(headers.date).toBeUndefined();
  });

  it('keeps a head within the bytes that HTTP/1.1 has for it', async () => {
    const { port, told } = await started(true, { HEAD_MAX_BYTES: '2000' });
    const on = open(port);
    const path = { ':path': '/maple/sandbox/echo' };
    expect((await ask(on, { ...path, 'x-mine': 'a'.repeat(1_000) })).status).toBe(200);
    const stream = on.request({ ...path, 'x-mine': 'a'.repeat(2_000) });
    stream.on('error', () => {});
    await closed(stream);
    expect(stream.rstCode).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    expect(told('request-received')).toHaveLength(1);
  });

  it('ends a session that opens no stream, also one whose client sends on and never ends it', async () => {
    const { port, server } = await started(true, { HEAD_TIMEOUT_SECONDS: '1' });
    const lax = net({ port, host: '127.0.0.1', allowHalfOpen: true });
    const socket = tls({
      socket: lax,
      servername: 'maple.localhost',
      ALPNProtocols: ['h2'],
      rejectUnauthorized: false,
    });
    socket.on('error', () => {});
    await once(socket, 'secureConnect');
    // Preface, empty SETTINGS, and a HEADERS frame that says to be long (RFC 9113 §3.4, §4.1).
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    socket.write(Buffer.from('000000040000000000' + '000100010400000001', 'hex'));
    const drip = setInterval(() => socket.write(Buffer.of(0x82)), 100);
    await once(socket.resume(), 'end');
    clearInterval(drip);
    const connections = promisify(server.getConnections).bind(server);
    await vi.waitFor(async () => expect(await connections()).toBe(0), 20_000);
    socket.destroy();
  });

  it('does not wait for ever for a body', async () => {
    const { port, gateway } = await started(true, { HEAD_TIMEOUT_SECONDS: '1' });
    const stream = open(port).request({ ':path': '/maple/sandbox/echo', ':method': 'POST' });
    stream.on('error', () => {});
    stream.write('never whole');
    await closed(stream);
    expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
    expect(gateway.stats().connections).toBe(0);
  });

  it('ends the stream of a scripted 101, which HTTP/2 does not have, and the log says why', async () => {
    const { port, told } = await started(true);
    const stream = open(port).request({ ':path': '/maple/sandbox/two', 'sec-websocket-key': 'a' });
    stream.on('error', () => {});
    stream.end();
    await closed(stream);
    expect(stream.rstCode).toBe(constants.NGHTTP2_HTTP_1_1_REQUIRED);
    expect(told('gateway-log').map(({ code }) => code)).toContain('0x00b3006c');
    expect(told('response-sent')).toEqual([]);
  });

  it('with the switch off tells a client that knows nothing else that it needs HTTP/1.1', async () => {
    const { port } = await started(false);
    for (const path of ['/maple/sandbox/one', '/nobody/sandbox/one', '/']) {
      const stream = open(port, 'localhost').request({ ':path': path });
      stream.on('error', () => {});
      stream.end();
      await closed(stream);
      expect(stream.rstCode).toBe(constants.NGHTTP2_HTTP_1_1_REQUIRED);
      session?.destroy();
    }
  });

  it('does not offer Extended CONNECT', async () => {
    const { port } = await started(true);
    const [settings] = await once(open(port), 'remoteSettings');
    expect(settings.enableConnectProtocol).toBe(false);
  });

  it.skipIf(!curlSpeaksHttp2())(
    'takes the upgrade from curl, which offers both, while it is on',
    async () => {
      const on = await started(true);
      expect(await curl(on.port, '/maple/sandbox/one')).toContain('HTTP/2 426');
      await on.close();
      const off = await started(false);
      expect(await curl(off.port, '/maple/sandbox/one')).toContain('HTTP/1.1 101 Switching Protocols');
    },
  );

  it('never chooses a protocol that the client did not offer', () => {
    const protocol = fc.constantFrom('h2', 'http/1.1', 'http/1.0', 'spdy/3');
    fc.assert(
      fc.property(fc.array(protocol), fc.domain(), fc.boolean(), (protocols, servername, on) => {
        const chosen = chooseProtocol({ servername, protocols }, () => on);
        if (chosen === undefined)
          expect(protocols.some((each) => each === 'h2' || each === 'http/1.1')).toBe(false);
        else expect(protocols).toContain(chosen);
      }),
    );
  });
});
