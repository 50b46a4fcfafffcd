import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fragments, frameBytes } from '../frame.fixture.ts';
import { MAX_BYTES, openLayered as open, readItems } from './layered-tunnel.fixture.ts';
import type { Verdict } from './message-rules.ts';
import { anyConversation } from './messages.fixture.ts';
import { OPCODE, writeFrame } from './write-frame.ts';

const plain = (items: readonly ({ payload: Uint8Array } | object)[]) =>
  items.map((item) =>
    'payload' in item ? { ...item, payload: Buffer.from(item.payload).toString('hex') } : item,
  );

describe('a tunnel that reads messages', () => {
  it('hands on every message and control frame of both directions, in order, and its half-closes', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyConversation(true),
        anyConversation(false),
        fc.array(fc.nat()),
        fc.boolean(),
        async (up, down, cuts, early) => {
          const answer = Buffer.concat(down.frames.map(frameBytes));
          const pass = async ({ payload }: { payload: Buffer }): Promise<Verdict> => {
            await new Promise((resolve) => setImmediate(resolve));
            return { kind: 'pass', payload };
          };
          const split = early ? Math.floor(answer.length / 2) : 0;
          const rules = { fromClient: pass, fromTarget: early ? pass : null };
          const { client, target, over } = open(rules, answer.subarray(0, split));
          for (const fragment of fragments(Buffer.concat(up.frames.map(frameBytes)), cuts))
            client.write(fragment);
          client.end();
          expect(plain(await readItems(target, true))).toEqual(plain(up.items));
          for (const fragment of fragments(answer.subarray(split), cuts)) target.write(fragment);
          target.end();
          expect(plain(await readItems(client, false))).toEqual(plain(down.items));
          await over();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('carries messages of a MiB both ways, each as one frame', async () => {
    const { client, target, over } = open();
    const large = Buffer.alloc(MAX_BYTES, 'large ');
    const [up, down] = [readItems(target, true), readItems(client, false)];
    for (let i = 0; i < 4; i += 1) {
      client.write(writeFrame(OPCODE.text, large, true));
      target.write(writeFrame(OPCODE.binary, large, false));
    }
    client.end();
    target.end();
    for (const items of [await up, await down]) {
      expect(items).toHaveLength(4);
      for (const item of items) expect('payload' in item && large.equals(item.payload)).toBe(true);
    }
    await over();
  });

  it('passes a Close frame with code and reason, and what ends a connection ends it here', async () => {
    const { client, target, events, over } = open();
    const [up, down] = [readItems(target, true), readItems(client, false)];
    const close = Buffer.concat([Buffer.from([0x0f, 0xa1]), Buffer.from('vorüber')]);
    client.write(writeFrame(OPCODE.close, close, true));
    target.write(writeFrame(OPCODE.close, close, false));
    target.end();
    client.end();
    expect([await up, await down]).toEqual([
      [{ kind: 'close', payload: close }],
      [{ kind: 'close', payload: close }],
    ]);
    await over();
    expect(events.at(-1)).toMatchObject({
      type: 'connection-closed',
      closeCode: 4001,
      closeReason: 'vorüber',
    });
  });

  it.each(['client', 'target'] as const)(
    'a reset of the %s ends all, even while a message is under way',
    async (side) => {
      const stuck = new Promise<Verdict>(() => {});
      const begun = Promise.withResolvers<void>();
      const handler = () => {
        begun.resolve();
        return stuck;
      };
      const { client, target, over, events } = open({ fromClient: handler, fromTarget: handler });
      client.write(writeFrame(OPCODE.text, Buffer.from('stays'), true));
      target.write(writeFrame(OPCODE.text, Buffer.from('stays'), false));
      await begun.promise;
      ({ client, target })[side].destroy(new Error('reset'));
      await over();
      expect(events.at(-1)).toMatchObject({ by: side, how: 'reset' });
    },
  );

  it('a fault of a side closes both: its sender gets the code, the other 1001, and the log says why', async () => {
    for (const sender of ['client', 'target'] as const) {
      const { client, target, over, events, layer } = open();
      const [up, down] = [readItems(target, true), readItems(client, false)];
      // Unmasked from a client, masked from a server: both are faults.
      ({ client, target })[sender].write(writeFrame(OPCODE.text, Buffer.from('no'), sender === 'target'));
      const codes = { client: 1002, target: 1002, [sender === 'client' ? 'target' : 'client']: 1001 };
      for (const [items, code] of [
        [await up, codes.target],
        [await down, codes.client],
      ] as const) {
        expect(items).toHaveLength(1);
        expect(items[0]).toMatchObject({ kind: 'close' });
        expect(items[0] && 'payload' in items[0] && items[0].payload.readUInt16BE(0)).toBe(code);
      }
      client.end();
      target.end();
      await over();
      expect(layer.ownClose()?.code).toBe(codes.client);
      expect(events).toContainEqual(
        expect.objectContaining({
          level: 'error',
          text: expect.stringContaining(`The ${sender} breaks the protocol`),
        }),
      );
    }
  });

  it('says one Close frame, and nothing after it, even where both sides are at fault', async () => {
    const refuse = async (): Promise<Verdict> => ({ kind: 'close', code: 1008, reason: 'a', why: 'a.' });
    const { client, target, over } = open({ fromClient: refuse, fromTarget: refuse });
    const [up, down] = [readItems(target, true), readItems(client, false)];
    for (let i = 0; i < 3; i += 1) {
      target.write(writeFrame(OPCODE.text, Buffer.from('2'), false));
      client.write(writeFrame(OPCODE.text, Buffer.from('1'), true));
    }
    for (const items of [await up, await down]) expect(items.map(({ kind }) => kind)).toEqual(['close']);
    client.end();
    target.end();
    await over();
  });

  it('ends the target’s side too when the gateway shuts down', async () => {
    const { client, target, tunnel, over } = open();
    const down = readItems(client, false);
    target.resume();
    tunnel.shutDown();
    expect(await down).toMatchObject([{ kind: 'close', payload: Buffer.from([0x03, 0xe9]) }]);
    client.end();
    await once(target, 'end');
    target.end();
    await over();
  });

  it.each(['client', 'target'] as const)(
    'a flood of the %s waits there while a message is under way',
    async (side) => {
      const gate = Promise.withResolvers<Verdict>();
      const handler = () => gate.promise;
      const { client, target, over } = open({ fromClient: handler, fromTarget: handler });
      const [sender, receiver] = side === 'client' ? [client, target] : [target, client];
      const frame = writeFrame(OPCODE.text, Buffer.alloc(60_000, 'a'), side === 'client');
      let written = 0;
      let idle = 0;
      while (written < 100 * frame.length && idle < 20) {
        if (sender.writableNeedDrain) {
          idle += 1;
          await turn();
        } else {
          sender.write(frame);
          written += frame.length;
          idle = 0;
        }
      }
      expect(written).toBeLessThan(MAX_BYTES);
      const items = readItems(receiver, side === 'client');
      gate.resolve({ kind: 'pass', payload: Buffer.from('through') });
      sender.end();
      expect(await items).toHaveLength(written / frame.length);
      receiver.end();
      sender.resume();
      await over();
    },
  );

  it('a chunk of thousands of tiny frames leaves others their turns', async () => {
    const { client, target, over } = open();
    const items = readItems(target, true);
    const frames = 5_000;
    let turns = 0;
    const count = () => {
      turns += 1;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    client.write(Buffer.concat(Array(frames).fill(writeFrame(OPCODE.ping, Buffer.alloc(0), true))));
    client.end();
    expect(await items).toHaveLength(frames);
    clearImmediate(counting);
    expect(turns).toBeGreaterThanOrEqual(frames / 200);
    client.resume();
    target.end();
    await over();
  });

  it('ends a client that floods on after the gateway’s Close frame', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { client, target, layer, over } = open();
      const down = readItems(client, false);
      client.write(writeFrame(OPCODE.text, Buffer.from('no mask'), false));
      expect((await down).map(({ kind }) => kind)).toEqual(['close']);
      target.resume();
      for (let i = 0; i < 5; i += 1) {
        client.write(Buffer.alloc(10_000));
        await turn();
        expect([layer.stream.closed, target.closed]).toEqual([false, false]);
      }
      vi.advanceTimersByTime(5_000);
      await over();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
