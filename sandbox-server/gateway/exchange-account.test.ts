// What requests keep in memory is on the common bound: beyond it those that have waited longest are cut, whichever HTTP brought them.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createWire } from '../backend/wire.ts';
import { acceptValue } from './handshake/accept.ts';
import { CUT_SENTENCE } from './held-bytes.ts';
import { openRaw } from './raw-client.fixture.ts';
import {
  definitionText,
  type StartedGateway,
  type StartOptions,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

const BOUND = 400_000;
const BODY = 180_000;
const KEPT = 150_000;

let lab: StartedGateway | undefined;
afterEach(async () => {
  await lab?.close();
  expect(lab?.faults).toEqual([]);
  expect(lab?.held.total()).toBe(0);
  lab = undefined;
});

async function started(options: StartOptions = {}): Promise<StartedGateway> {
  lab = await startGateway({
    switches: { http2: true },
    settings: { GATEWAY_MAX_WAITING_BYTES: String(BOUND) },
    ...options,
  });
  const length = "context.message.body.write(String(context.get('request.body').length))";
  lab.deploy(definitionText('/length', scriptPolicy(length)));
  lab.deploy(definitionText('/long', scriptPolicy("context.message.body.write('long '.repeat(40000))")));
  lab.deploy(definitionText('/one', upgradePolicy()));
  return lab;
}

const closed = (stream: Duplex) => new Promise((resolve) => stream.once('close', resolve));
const turn = () => new Promise((resolve) => setImmediate(resolve));
async function holds(bytes: number): Promise<void> {
  while (lab && lab.held.total() !== bytes) await turn();
}

/** A POST whose body has come to its greater part. */
async function unfinished(port: number): Promise<TLSSocket> {
  const socket = await openRaw(port);
  socket.on('error', () => {});
  socket.write(`POST /maple/sandbox/length HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY}\r\n\r\n`);
  socket.write(Buffer.alloc(KEPT, 'a'));
  return socket;
}

const cuts = ({ told }: StartedGateway) =>
  told('gateway-log').filter(({ text }) => text === CUT_SENTENCE).length;

describe('what requests keep', () => {
  it('of bodies that come slowly has a bound: the longest wait is cut and told, the others are served', async () => {
    const running = await started();
    const first = await unfinished(running.port);
    const gone = once(first.resume(), 'close');
    await holds(KEPT);
    const second = await unfinished(running.port);
    await holds(2 * KEPT);
    const third = await unfinished(running.port);
    await gone;
    await holds(2 * KEPT);
    expect(cuts(running)).toBe(1);
    for (const socket of [second, third]) {
      const answer = socket.toArray();
      socket.write(Buffer.alloc(BODY - KEPT, 'b'));
      expect(Buffer.concat(await answer).toString()).toMatch(new RegExp(`^HTTP/1.1 200 [^]*\\n${BODY}$`));
      socket.destroy();
    }
    await holds(0);
  });

  it('of a body that is far below the bound is not counted', async () => {
    const { port, held, gateway } = await started();
    const socket = await openRaw(port);
    socket.write('POST /maple/sandbox/length HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n');
    socket.write(Buffer.alloc(8_000));
    while (gateway.stats().connections === 0) await turn();
    for (let i = 0; i < 20; i += 1) await turn();
    expect(held.total()).toBe(0);
    const answer = socket.toArray();
    socket.write(Buffer.alloc(1_000));
    expect(Buffer.concat(await answer).toString()).toContain('\n9000');
  });

  it('of HTTP/2 is on the same bound: a stream is cut, its session and the other streams are not', async () => {
    const running = await started();
    const session = connect(`https://127.0.0.1:${running.port}`, {
      servername: 'maple.localhost',
      rejectUnauthorized: false,
    });
    const streams: ClientHttp2Stream[] = [];
    for (let i = 0; i < 3; i += 1) {
      const stream = session.request({ ':path': '/maple/sandbox/length', ':method': 'POST' });
      stream.on('error', () => {});
      stream.write(Buffer.alloc(KEPT, 'a'));
      streams.push(stream);
      if (i < 2) await holds((i + 1) * KEPT);
    }
    const [first, ...others] = streams;
    if (first) await closed(first);
    expect(cuts(running)).toBe(1);
    for (const stream of others) {
      const answer = stream.toArray();
      stream.end(Buffer.alloc(10, 'b'));
      expect(Buffer.concat(await answer).toString()).toBe(String(KEPT + 10));
    }
    await holds(0);
    session.destroy();
  });

  it('of an answer that an HTTP/2 client does not take is counted until the client has gone', async () => {
    const { port } = await started();
    const session = connect(`https://127.0.0.1:${port}`, {
      servername: 'maple.localhost',
      rejectUnauthorized: false,
      // No byte of a body may be sent to this client (RFC 9113 §6.9.2).
      settings: { initialWindowSize: 0 },
    });
    session.on('error', () => {});
    const stream = session.request({ ':path': '/maple/sandbox/long' });
    stream.on('error', () => {});
    await holds('long '.length * 40_000);
    stream.close(constants.NGHTTP2_CANCEL);
    await holds(0);
    session.destroy();
  });

  it('of what clients send ahead of their 101 is on it too, and leaves it when the connection is a tunnel', async () => {
    /** The targets' ends, in the order in which they were asked, each with what lets it answer. */
    const asked: { stream: Duplex; answer(): void }[] = [];
    const target = createServer();
    target.on('upgrade', ({ headers }, stream) => {
      const accept = acceptValue(headers['sec-websocket-key'] ?? '');
      const head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
      asked.push({ stream: stream.on('error', () => {}), answer: () => stream.write(head) });
    });
    const network = {
      connect() {
        const [client, far] = createWire();
        target.emit('connection', far);
        return client;
      },
    };
    const EARLY = 60_000;
    const CLIENTS = 5;
    const settings = { GATEWAY_MAX_WAITING_BYTES: String((CLIENTS - 1) * EARLY + 10_000) };
    const running = await started({ network, settings });
    const clients: TLSSocket[] = [];
    for (let i = 0; i < CLIENTS; i += 1) {
      const socket = await openRaw(running.port);
      socket.on('error', () => {});
      socket.write(
        'GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      );
      socket.write(Buffer.alloc(EARLY, i));
      clients.push(socket);
      if (i < CLIENTS - 1) await holds((i + 1) * EARLY);
    }
    const [first, second, ...others] = clients;
    if (first) await once(first.resume(), 'close');
    await holds((CLIENTS - 1) * EARLY);
    expect(cuts(running)).toBe(1);
    for (const socket of others) socket.destroy();
    await holds(EARLY);
    let bytes = 0;
    const got = new Promise<void>((resolve) => {
      asked[1]?.stream.on('data', (chunk: Buffer) => {
        expect(chunk.equals(Buffer.alloc(chunk.length, 1))).toBe(true);
        bytes += chunk.length;
        if (bytes === EARLY) resolve();
      });
    });
    asked[1]?.answer();
    await got;
    await holds(0);
    expect(cuts(running)).toBe(1);
    second?.destroy();
  });
});
