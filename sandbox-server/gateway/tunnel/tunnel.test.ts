import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as tcp } from 'node:net';
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createWire } from '../../backend/wire.ts';
import { acceptValue } from '../handshake/accept.ts';
import { freshKey } from '../handshake/key.ts';
import { openRaw, readHead } from '../raw-client.fixture.ts';
import {
  definitionText,
  type StartedGateway,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';
import { anyFrame, fragments, frameBytes } from './frame.fixture.ts';

/** A target that switches protocols and then does with the stream what the test wants. */
let onStream: (stream: Duplex) => void;
const target = createServer();
target.on('upgrade', (request, stream) => {
  stream.on('error', () => {}).on('end', () => stream.end());
  const accept = acceptValue(request.headers['sec-websocket-key'] ?? '');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  onStream(stream);
});

const network = {
  connect() {
    const [client, far] = createWire();
    target.emit('connection', far);
    return client;
  },
};
const echo = (stream: Duplex) => void stream.pipe(stream);

let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway({ network });
  lab.deploy(definitionText('/one', upgradePolicy()));
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.events.length = 0;
  onStream = echo;
});
afterEach(async () => {
  while (lab.gateway.stats().connections > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(lab.faults).toEqual([]);
});

async function openTunnel() {
  const socket = await openRaw(lab.port);
  socket.on('error', () => {});
  socket.write(
    `GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${freshKey()}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  expect((await readHead(socket)).status).toBe(101);
  return socket;
}

describe('the tunnel, over TLS', () => {
  it('gives back every byte of every frame, wherever it is cut, and tells both directions alike', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          anyFrame().filter(({ opcode }) => opcode !== 8),
          { maxLength: 6 },
        ),
        fc.array(fc.nat()),
        async (frames, cuts) => {
          lab.events.length = 0;
          const socket = await openTunnel();
          const sent = Buffer.concat(frames.map(frameBytes));
          const back = socket.toArray();
          for (const fragment of fragments(sent, cuts)) socket.write(fragment);
          socket.end();
          expect(Buffer.concat(await back).equals(sent)).toBe(true);
          const end = await lab.tells('connection-closed');
          expect(end).toMatchObject({
            by: 'client',
            how: 'end',
            bytesFromClient: sent.length,
            bytesToClient: sent.length,
          });
          const told = (wanted: string) =>
            lab
              .told('frame')
              .flatMap(({ direction, hopMs: _, ...frame }) => (direction === wanted ? [frame] : []));
          expect(told('client-to-gateway')).toHaveLength(frames.length);
          for (const { hopMs } of lab.told('frame'))
            if (hopMs !== null) expect(hopMs).toBeGreaterThanOrEqual(0);
          expect(told('gateway-to-client')).toEqual(told('client-to-gateway'));
        },
      ),
      { numRuns: 10 },
    );
  });

  it('passes on bytes that are no frames, and says that it looks no more', async () => {
    const socket = await openTunnel();
    const sent = Buffer.from(`\x85 no WebSocket at all ${Math.random()}`, 'latin1');
    const back = socket.toArray();
    socket.end(sent);
    expect(Buffer.concat(await back).equals(sent)).toBe(true);
    expect(lab.told('frames-unwatched').map(({ reason }) => reason.split(':')[0])).toEqual([
      'client-to-gateway',
      'gateway-to-client',
    ]);
  });

  it('carries 16 MB to a slow reader without holding them', async () => {
    const size = 16 * 1_048_576;
    onStream = (stream) => void stream.resume().end(Buffer.alloc(size, 1));
    const socket = await openTunnel();
    const bytes = Buffer.concat(await socket.toArray()).length;
    expect(bytes).toBe(size);
    expect(await lab.tells('connection-closed')).toMatchObject({
      by: 'target',
      how: 'end',
      bytesToClient: size,
    });
  });

  it('writes no Close frame into the middle of a frame when the gateway closes', async () => {
    const own = await startGateway({ network });
    own.deploy(definitionText('/one', upgradePolicy()));
    // A frame of five bytes, of which two come.
    onStream = (stream) => void stream.resume().write(Buffer.from([0x81, 0x05, 0x48, 0x65]));
    const socket = own.connect('/maple/sandbox/one');
    const closed = once(socket, 'close');
    await once(socket, 'open');
    await new Promise((resolve) => setImmediate(resolve));
    await own.close();
    expect((await closed)[0]).toBe(1006);
  });
});

describe('the tunnel, from the page’s port', () => {
  const site = createServer();
  site.on('upgrade', (request, socket, head) => lab.gateway.handleUpgrade(request, socket, head, 'site'));
  site.on('request', (request, response) => lab.gateway.handleRequest(request, response, 'site'));
  let port = 0;
  beforeAll(async () => {
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    port = (site.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => site.close(resolve)));

  it('is the same, and says by which port the client came', async () => {
    onStream = (stream) => void stream.resume().write(Buffer.from([0x81, 0x02, 0x68, 0x69]));
    const socket = new WebSocket(`ws://127.0.0.1:${port}/maple/sandbox/one`);
    const [data] = await once(socket, 'message');
    expect(String(data)).toBe('hi');
    expect(lab.told('request-received')).toMatchObject([{ listener: 'site', remote: '127.0.0.1' }]);
    socket.terminate();
    await lab.tells('connection-closed');
  });

  it('tells a client’s reset from an end, and the target feels it', async () => {
    const felt = Promise.withResolvers<boolean>();
    onStream = (stream) => {
      stream.resume().once('close', () => felt.resolve(stream.readableEnded));
    };
    const socket = tcp(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${freshKey()}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.resetAndDestroy();
    expect(await lab.tells('connection-closed')).toMatchObject({
      by: 'client',
      how: 'reset',
      closeCode: null,
    });
    expect(await felt.promise).toBe(false);
  });
});
