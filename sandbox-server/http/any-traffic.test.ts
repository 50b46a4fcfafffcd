// The same as of the tunnel alone, through the whole gateway, by each of its ports: real handshakes with client and target, then any traffic.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWire } from '../backend/wire.ts';
import { acceptValue } from '../gateway/handshake/accept.ts';
import { freshKey } from '../gateway/handshake/key.ts';
import {
  definitionText,
  type StartedGateway,
  startGateway,
  upgradePolicy,
} from '../gateway/started-gateway.fixture.ts';
import {
  anyTraffic,
  boundedRuns,
  drive,
  expectTimers,
  openTimers,
  patient,
} from '../gateway/tunnel/any-traffic.fixture.ts';
import { createPageListener, type PageListener } from './listener.ts';

/** Of one connection, both its directions together: more, and the gateway cuts it. */
const WAITING_BYTES = 600_000;

const target = createServer();
const streams: Duplex[] = [];
target.on('upgrade', ({ headers }, stream) => {
  const accept = acceptValue(headers['sec-websocket-key'] ?? '');
  stream.on('error', () => {});
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  streams.push(stream);
});

const PORTS = ['tls', 'site'] as const;
type Port = (typeof PORTS)[number];

let lab: StartedGateway;
let site: PageListener;
let watched = false;
beforeAll(async () => {
  lab = await startGateway({
    settings: { GATEWAY_MAX_WAITING_BYTES: String(WAITING_BYTES) },
    watched: () => watched,
    network: {
      connect() {
        const [client, far] = createWire();
        target.emit('connection', far);
        return client;
      },
    },
  });
  lab.deploy(definitionText('/one', upgradePolicy()));
  site = createPageListener({
    app: { fetch: () => new Response(null, { status: 404 }) },
    gateway: lab.gateway,
    headMaxBytes: 16_384,
    headTimeoutSeconds: 10,
    maxConnections: 100,
    pingSeconds: 30,
    textMaxBytes: 1_000,
  });
  site.server.listen(0, '127.0.0.1');
  await once(site.server, 'listening');
  // What the first connection of a port sets up for all, a clock for instance, is not what a connection leaves behind.
  for (const port of PORTS) {
    const { client, tcp } = await connectTo(port);
    await shakeHands(client, port);
    tcp.destroy();
    for (const stream of streams) stream.destroy();
    await over();
  }
});
afterAll(async () => {
  await lab.close();
  await site.close();
  site.end();
  expect(lab.faults).toEqual([]);
});

/** A client's connection, and the TCP socket below it, which alone can be reset. */
async function connectTo(port: Port): Promise<{ client: Duplex; tcp: Socket }> {
  const at = port === 'tls' ? lab.port : (site.server.address() as AddressInfo).port;
  const tcp = connect({ port: at, host: '127.0.0.1', allowHalfOpen: true });
  tcp.on('error', () => {});
  await once(tcp, 'connect');
  if (port === 'site') return { client: tcp, tcp };
  const client = connectTls({ socket: tcp, rejectUnauthorized: false });
  client.on('error', () => {});
  await once(client, 'secureConnect');
  return { client, tcp };
}

/** Asks for the upgrade, with bytes right behind it that do not wait for the answer, and resolves when the head of the 101 has been read; what follows is left to be read. */
async function shakeHands(client: Duplex, port: Port, ahead = Buffer.alloc(0)): Promise<void> {
  const path = `${port === 'site' ? '/gateway' : ''}/maple/sandbox/one`;
  const key = freshKey();
  client.write(
    `GET ${path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  client.write(ahead);
  let head = Buffer.alloc(0);
  while (!head.includes('\r\n\r\n')) {
    const chunk: unknown = client.read();
    if (Buffer.isBuffer(chunk)) head = Buffer.concat([head, chunk]);
    else await once(client, 'readable');
  }
  const end = head.indexOf('\r\n\r\n') + 4;
  expect(head.toString('latin1', 0, end)).toMatch(/^HTTP\/1\.1 101 /);
  expect(head.toString('latin1', 0, end)).toContain(acceptValue(key));
  if (end < head.length) client.unshift(head.subarray(end));
}

/** Until nothing of a connection is left on the gateway's side. */
async function over(): Promise<void> {
  const open = [lab.server, site.server].map((server) => promisify(server.getConnections).bind(server));
  for (;;) {
    const sockets = await Promise.all(open.map((count) => count()));
    if (lab.gateway.stats().connections === 0 && sockets.every((count) => count === 0)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it(
  'by either port bytes out are bytes in, whatever client and target do after their handshakes; nothing is left',
  async () => {
    const port = fc.constantFrom(...PORTS);
    // 64 KiB are kept until the 101; then the client has to wait.
    const anyAhead = fc.constantFrom(0, 0, 1, 300, 65_536, 200_000);
    await fc.assert(
      fc.asyncProperty(port, anyTraffic, anyAhead, async (by, traffic, aheadBytes) => {
        lab.events.length = 0;
        streams.length = 0;
        watched = traffic.watched;
        const timers = openTimers();
        const ahead = Buffer.alloc(aheadBytes, 'ahead');
        const { client, tcp } = await connectTo(by);
        try {
          await shakeHands(client, by, ahead);
          const [far] = streams;
          if (!far) throw new Error('the target was not asked');
          const reset = (side: 'client' | 'target') =>
            side === 'client' ? tcp.resetAndDestroy() : far.destroy(new Error('reset'));
          const sent = await drive({ client, target: far }, traffic, reset, ahead);
          await over();
          const [closed] = lab.told('connection-closed');
          if (traffic.how === 'end')
            expect(closed).toMatchObject({ bytesFromClient: sent.client, bytesToClient: sent.target });
          expect(closed).toBeDefined();
          expect(far.destroyed).toBe(true);
        } finally {
          tcp.destroy();
          for (const stream of streams) stream.destroy();
          // A run that fails leaves nothing to the next one either.
          await over();
        }
        expect(lab.held.total()).toBe(0);
        await expectTimers(timers);
      }),
      boundedRuns(40),
    );
  },
  patient,
);
