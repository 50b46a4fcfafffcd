import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeldBytes } from '../held-bytes.ts';
import { fragments } from './frame.fixture.ts';
import { relay, type Side } from './relay.ts';

const server = createServer({ allowHalfOpen: true });
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Two ends of one TCP connection. */
async function pair(): Promise<[outer: Socket, inner: Socket]> {
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const outer = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const [inner] = await accepted;
  outer.on('error', () => {});
  inner.on('error', () => {});
  return [outer, inner];
}

async function relayed(
  heads: { near?: Buffer; far?: Buffer } = {},
  halfCloseMs = 60_000,
  held = createHeldBytes(Number.POSITIVE_INFINITY),
) {
  const [client, near] = await pair();
  const [target, far] = await pair();
  const seen: Record<Side, number> = { near: 0, far: 0 };
  const closed = new Promise<{ side: Side; how: string }>((resolve) => {
    relay({
      near,
      far,
      nearHead: heads.near ?? Buffer.alloc(0),
      farHead: heads.far ?? Buffer.alloc(0),
      halfCloseMs,
      held,
      onOverfull() {},
      onBytes: {
        near: (chunk) => {
          seen.near += chunk.length;
        },
        far: (chunk) => {
          seen.far += chunk.length;
        },
      },
      onClosed: (side, how) => resolve({ side, how }),
    });
  });
  return { client, target, near, far, closed, seen };
}

async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the relay', () => {
  it('carries bytes both ways as they are, however they are cut, and half-closed', async () => {
    const bytes = fc.uint8Array({ maxLength: 100_000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(bytes, bytes, fc.array(fc.nat(), { maxLength: 20 }), async (up, down, cuts) => {
        const { client, target, closed, seen } = await relayed();
        const toTarget = Buffer.from(up);
        const toClient = Buffer.from(down);
        for (const fragment of fragments(toTarget, cuts)) client.write(fragment);
        client.end();
        // The target answers only after the client has ended its half.
        expect((await readAll(target)).equals(toTarget)).toBe(true);
        for (const fragment of fragments(toClient, cuts)) target.write(fragment);
        target.end();
        expect((await readAll(client)).equals(toClient)).toBe(true);
        expect(await closed).toEqual({ side: 'near', how: 'end' });
        expect(seen).toEqual({ near: toTarget.length, far: toClient.length });
      }),
      { numRuns: 15 },
    );
  });

  it('passes on first what had been read before it began', async () => {
    const { client, target } = await relayed({ near: Buffer.from('early '), far: Buffer.from('welcome ') });
    client.end('late');
    target.end('on');
    expect((await readAll(target)).toString()).toBe('early late');
    expect((await readAll(client)).toString()).toBe('welcome on');
  });

  it('holds no more than a few chunks for a side that reads slowly', async () => {
    const { client, target, near, far, closed } = await relayed();
    const sent = Buffer.alloc(32 * 1_048_576, 1);
    let held = 0;
    far.on('data', () => {
      held = Math.max(held, near.writableLength);
    });
    target.end(sent);
    // The client does not read until the relay has stopped reading for it.
    while (!far.isPaused()) await new Promise((resolve) => setImmediate(resolve));
    expect((await readAll(client)).equals(sent)).toBe(true);
    expect(held).toBeLessThan(1_048_576);
    client.end();
    expect(await closed).toEqual({ side: 'far', how: 'end' });
  });

  it.each(['near', 'far'] as const)(
    'tells a reset of the %s side from an end, and resets the other',
    async (side) => {
      const { client, target, closed } = await relayed();
      const [one, other] = side === 'near' ? [client, target] : [target, client];
      const reset = new Promise((resolve) => other.once('close', resolve));
      one.resetAndDestroy();
      expect(await closed).toEqual({ side, how: 'reset' });
      await reset;
      expect(other.errored).toMatchObject({ code: 'ECONNRESET' });
    },
  );

  it('lets go of a side that never ends after the other has', async () => {
    const { client, closed, near, far } = await relayed({}, 30);
    client.end();
    expect(await closed).toEqual({ side: 'near', how: 'end' });
    expect([near.destroyed, far.destroyed]).toEqual([true, true]);
  });

  it('lets go of a side that sends on and on after the other is gone', async () => {
    const { client, target, near, closed } = await relayed();
    const gone = new Promise((resolve) => target.resume().once('close', resolve));
    const flood = () => {
      if (target.destroyed) return;
      target.write('on and on');
      setImmediate(flood);
    };
    flood();
    // Ended by the gateway, as when it stops; the client agrees.
    near.end();
    client.resume().end();
    await once(near, 'close');
    expect(await closed).toMatchObject({ side: 'near' });
    await gone;
  });

  it('cuts the connection that has waited longest for its reader when too much waits in all', async () => {
    const held = createHeldBytes(1_000_000);
    const connections = [];
    for (let i = 0; i < 8; i += 1) {
      const connection = await relayed({}, 60_000, held);
      connection.target.write(Buffer.alloc(32 * 1_048_576, 1));
      // Until its reader, who does not read, keeps it waiting.
      while (!connection.far.isPaused() && !connection.far.destroyed) await once(connection.far, 'data');
      connections.push(connection);
      expect(held.total()).toBeLessThanOrEqual(1_000_000);
    }
    const isCut = connections.map(({ near, far }) => near.destroyed && far.destroyed);
    expect(isCut[0]).toBe(true);
    expect(isCut.at(-1)).toBe(false);
    expect(isCut).toEqual(isCut.toSorted((a, b) => Number(b) - Number(a)));
    for (const { client, target } of connections) for (const socket of [client, target]) socket.destroy();
    await Promise.all(connections.map(({ closed }) => closed));
    expect(held.total()).toBe(0);
  });

  it('notices a side that was gone before it began', async () => {
    const [client, near] = await pair();
    const [target, far] = await pair();
    near.on('error', () => {});
    const gone = once(near, 'close');
    client.resetAndDestroy();
    near.destroy();
    await gone;
    const closed = new Promise((resolve) => {
      const empty = Buffer.alloc(0);
      relay({
        near,
        far,
        nearHead: empty,
        farHead: empty,
        halfCloseMs: 60_000,
        held: createHeldBytes(Number.POSITIVE_INFINITY),
        onOverfull() {},
        onBytes: { near() {}, far() {} },
        onClosed: (side) => resolve(side),
      });
    });
    expect(await closed).toBe('near');
    target.destroy();
  });
});
