// Whatever two endpoints do to a tunnel over real sockets, the bytes are the same, the memory is bounded, and nothing is left.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GatewayEventBody } from '../events.ts';
import { createHeldBytes } from '../held-bytes.ts';
import { fragments, frameBytes, type TestFrame } from './frame.fixture.ts';
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

/** A frame of any opcode, reserved ones too, of sizes to 16 MB; large ones are rare, since each takes its time. */
const anyKind: fc.Arbitrary<TestFrame> = fc.record({
  fin: fc.boolean(),
  rsv: fc.constantFrom(0, 0, 0, 1, 4),
  opcode: fc.nat(15),
  mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 })),
  payload: fc
    .tuple(
      fc.oneof(
        { weight: 30, arbitrary: fc.nat(300) },
        { weight: 5, arbitrary: fc.constantFrom(125, 126, 65_535, 65_536, 200_000) },
        { weight: 1, arbitrary: fc.integer({ min: 1_000_000, max: 16_777_216 }) },
      ),
      fc.nat(255),
    )
    .map(([length, seed]) => Buffer.alloc(length, Buffer.from([seed, seed ^ 0x5a, 7]))),
});

const anySide = fc.record({
  frames: fc.array(anyKind, { maxLength: 5 }),
  cuts: fc.array(fc.nat(), { maxLength: 12 }),
  /** Turns of the event loop that it lets pass before it reads on, after each chunk. */
  slow: fc.constantFrom(0, 0, 1, 5),
});

/** Which side ends first, and how; a reset comes in the middle of what it sends. */
const anyEnd = fc.record({
  first: fc.constantFrom('client' as const, 'target' as const),
  how: fc.constantFrom('end' as const, 'end' as const, 'reset' as const),
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function readAll(socket: Socket, slow: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    for (let i = 0; i < slow; i += 1) await nextTurn();
  }
  return Buffer.concat(chunks);
}

/** Writes as a network brings it: at most as fast as it is taken. */
async function send(socket: Socket, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    if (!socket.write(piece))
      await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
  }
}

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

it('bytes out are bytes in, in any fragments, of any opcode, to any reader, however it ends; nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(anySide, anySide, anyEnd, fc.boolean(), async (up, down, end, watched) => {
      const timersBefore = timers();
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
        telling: {
          payloadBytes: 64,
          framesPerSecond: 1_000,
          framesUnwatched: 1,
          watched: () => watched,
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
      const sent = {
        client: Buffer.concat(up.frames.map(frameBytes)),
        target: Buffer.concat(down.frames.map(frameBytes)),
      };
      const sockets = { client, target };
      const other = end.first === 'client' ? 'target' : 'client';
      const got = {
        client: readAll(client, down.slow).catch(() => null),
        target: readAll(target, up.slow).catch(() => null),
      };
      const sending = [
        send(client, fragments(sent.client, up.cuts)),
        send(target, fragments(sent.target, down.cuts)),
      ];
      if (end.how === 'reset') {
        await nextTurn();
        sockets[end.first].resetAndDestroy();
        sockets[other].end();
      } else {
        await sending[end.first === 'client' ? 0 : 1];
        sockets[end.first].end();
        // Half-closed: what the other says after it has seen the end still arrives.
        expect((await got[other])?.equals(sent[end.first])).toBe(true);
        await sending[end.first === 'client' ? 1 : 0];
        sockets[other].end();
        expect((await got[end.first])?.equals(sent[other])).toBe(true);
      }
      await tunnel.closed;
      const closed = events.at(-1);
      expect(closed).toMatchObject({ type: 'connection-closed' });
      if (end.how === 'end')
        expect(closed).toMatchObject({
          bytesFromClient: sent.client.length,
          bytesToClient: sent.target.length,
        });
      for (const socket of [client, target]) socket.destroy();
      await Promise.all(sending);
      expect([near.destroyed, far.destroyed, held.total()]).toEqual([true, true, 0]);
      // A chunk and what is read ahead, whatever the frames' size.
      expect(mostHeld).toBeLessThan(400_000);
      expect(timers()).toBeLessThanOrEqual(timersBefore);
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 60_000);
