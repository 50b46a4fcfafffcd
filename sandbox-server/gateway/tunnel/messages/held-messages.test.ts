// Unfinished messages of all connections together have a bound: beyond it those that wait longest are cut.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT_SENTENCE, createHeldBytes, UNCOUNTED_BYTES } from '../../held-bytes.ts';
import { MAX_BYTES, openLayered, readItems } from './layered-tunnel.fixture.ts';
import { OPCODE, writeFrame } from './write-frame.ts';

type Layered = ReturnType<typeof openLayered>;
type Side = 'client' | 'target';

/** The first bytes of a message, and those that make it whole. */
function halves(side: Side, kept: number): [Buffer, Buffer] {
  const frame = writeFrame(OPCODE.text, Buffer.alloc(kept + 10, 'half '), side === 'client');
  return [frame.subarray(0, frame.length - 10), frame.subarray(frame.length - 10)];
}

const wasCut = ({ events }: Layered) =>
  events.some((event) => event.type === 'gateway-log' && event.text === CUT_SENTENCE);

describe('unfinished messages', () => {
  it('of either side never hold more than the bound; the longest wait is cut with both its sides, and no other', async () => {
    const message = fc.record({
      side: fc.constantFrom<Side>('client', 'target'),
      bytes: fc.integer({ min: UNCOUNTED_BYTES + 100, max: 200_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 200_000, max: 700_000 }),
        async (messages, max) => {
          const held = createHeldBytes(max);
          const all: { layered: Layered; side: Side; bytes: number; rest: Buffer }[] = [];
          for (const { side, bytes } of messages) {
            const layered = openLayered({}, undefined, held);
            const [first, rest] = halves(side, bytes);
            layered[side].write(first);
            await settled();
            all.push({ layered, side, bytes, rest });
            expect(held.total()).toBeLessThanOrEqual(max);
          }
          const living = all.filter(({ layered }) => !wasCut(layered));
          expect(living).toEqual(all.slice(all.length - living.length));
          const sum = living.reduce((total, { bytes }) => total + bytes, 0);
          expect(held.total()).toBe(sum);
          // As few as need be: with the last one that was cut there would be too many.
          const lastCut = all[all.length - living.length - 1];
          if (lastCut) expect(sum + lastCut.bytes).toBeGreaterThan(max);
          for (const { layered, side, rest } of all) {
            const sender = layered[side];
            const receiver = side === 'client' ? layered.target : layered.client;
            if (wasCut(layered)) {
              await layered.over();
              expect(layered.events.at(-1)).toMatchObject({ type: 'connection-closed', how: 'reset' });
              expect([layered.client.destroyed, layered.target.destroyed]).toEqual([true, true]);
              continue;
            }
            const items = readItems(receiver, side === 'client');
            sender.end(rest);
            expect(await items).toMatchObject([{ kind: 'message', text: true }]);
            receiver.end();
            sender.resume();
            await layered.over();
          }
          expect(held.total()).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('that became whole, were lost, or are small are on nobody’s account', async () => {
    const held = createHeldBytes(MAX_BYTES);
    const layered = openLayered({ lossBytes: 200_000 }, undefined, held);
    const items = readItems(layered.target, true);
    const [first, rest] = halves('client', 100_000);
    layered.client.write(first);
    while (held.total() < 100_000) await turn();
    layered.client.write(rest);
    const [lostFirst, lostRest] = halves('client', 500_000);
    const [smallFirst, smallRest] = halves('client', UNCOUNTED_BYTES - 10);
    for (const unfinished of [lostFirst, lostRest, smallFirst]) {
      layered.client.write(unfinished);
      await settled();
      expect(held.total()).toBe(0);
    }
    layered.client.end(smallRest);
    expect((await items).map((item) => 'payload' in item && item.payload.length)).toEqual([
      100_010,
      UNCOUNTED_BYTES,
    ]);
    layered.client.resume();
    layered.target.end();
    await layered.over();
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** All that is under way inside the process has arrived. */
async function settled(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await turn();
}
