// Whatever two endpoints do to a tunnel over real sockets, the bytes are the same, the memory is bounded, and nothing is left.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GatewayEventBody } from '../events.ts';
import { createHeldBytes } from '../held-bytes.ts';
import { anyTraffic, boundedRuns, drive, expectTimers, openTimers, patient } from './any-traffic.fixture.ts';
import { openTunnel } from './tunnel.ts';

const server = createServer({ allowHalfOpen: true });
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function pair(): Promise<[outer: Socket, inner: Socket]> {
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const outer = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const [inner] = await accepted;
  for (const socket of [outer, inner]) socket.on('error', () => {});
  return [outer, inner];
}

it(
  'bytes out are bytes in, in any fragments, of any opcode, to any reader, however it ends; nothing is left',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyTraffic, async (traffic) => {
        const timersBefore = openTimers();
        const [client, near] = await pair();
        const [target, far] = await pair();
        const events: GatewayEventBody[] = [];
        const held = createHeldBytes(Number.POSITIVE_INFINITY);
        let mostHeld = 0;
        const tunnel = openTunnel({
          client: near,
          target: far,
          clientHead: Buffer.alloc(0),
          targetHead: Buffer.alloc(0),
          compression: true,
          endsOnClose: false,
          timed: true,
          telling: {
            payloadBytes: 64,
            framesPerSecond: 1_000,
            framesUnwatched: 1,
            watched: () => traffic.watched,
            takeFrame: () => true,
            emit: (event) => events.push(event),
          },
          held: {
            set(holder, bytes) {
              mostHeld = Math.max(mostHeld, bytes);
              held.set(holder, bytes);
            },
            total: held.total,
          },
          halfCloseMs: 60_000,
          idleMs: 60_000,
          drainMs: 1_000,
        });
        const sockets = { client, target };
        const sent = await drive(sockets, traffic, (side) => sockets[side].resetAndDestroy());
        await tunnel.closed;
        expect([near.destroyed, far.destroyed]).toEqual([true, true]);
        expect(events.at(-1)).toMatchObject({ type: 'connection-closed' });
        if (traffic.how === 'end')
          expect(events.at(-1)).toMatchObject({ bytesFromClient: sent.client, bytesToClient: sent.target });
        expect(held.total()).toBe(0);
        // A chunk and what is read ahead, whatever the frames' size.
        expect(mostHeld).toBeLessThan(400_000);
        await expectTimers(timersBefore);
      }),
      boundedRuns(60),
    );
  },
  patient,
);
