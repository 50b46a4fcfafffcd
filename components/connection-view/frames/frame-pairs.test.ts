import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame, word } from '../story.fixture.ts';
import type { FrameEvent } from './frame-hops.ts';
import { FramePairs } from './frame-pairs.ts';

/** Of one message or control frame: in how many fragments it comes, and what the gateway makes of it. */
const traffic = fc.array(
  fc.record({
    control: fc.boolean(),
    binary: fc.boolean(),
    fragments: fc.integer({ min: 1, max: 4 }),
    lost: fc.boolean(),
  }),
  { maxLength: 40 },
);

/** As the gateway tells it: the text of a text frame, hex of all others. */
const told = (opcode: number, text: string) => (opcode === 1 ? text : Buffer.from(text).toString('hex'));

test('each frame that goes out is paired with all fragments of the message it is of; lost ones stayed', () => {
  fc.assert(
    fc.property(traffic, (messages) => {
      const pairs = new FramePairs();
      const expected: { came: FrameEvent[]; went: FrameEvent | null }[] = [];
      for (const { control, binary, fragments, lost } of messages) {
        const opcode = control ? 9 : binary ? 2 : 1;
        const parts = control ? [word()] : Array.from({ length: fragments }, word);
        const came = parts.map((payload, i) =>
          frame({
            opcode: i === 0 ? opcode : 0,
            fin: i === parts.length - 1,
            payload: told(i === 0 ? opcode : 0, payload),
            length: payload.length,
          }),
        );
        for (const each of came) pairs.add(each);
        const isLost = lost && !control;
        const payload = parts.join('');
        const went = isLost
          ? null
          : frame({
              direction: 'gateway-to-target',
              opcode,
              payload: told(opcode, payload),
              length: payload.length,
            });
        if (went) pairs.add(went);
        expected.push({ came, went });
      }
      const lastPassed = expected.findLastIndex(({ went }) => went !== null && went.opcode < 8);
      for (const [i, { came, went }] of expected.entries()) {
        for (const each of came) expect(pairs.partnerOf(each)).toBe(went);
        if (went) expect(pairs.partnerOf(went)).toBe(came.at(-1));
        else for (const each of came) expect(pairs.stayed(each)).toBe(i < lastPassed);
      }
    }),
  );
});

test('a message whose payload a policy changed is paired by its order', () => {
  const pairs = new FramePairs();
  const came = [frame({ direction: 'target-to-gateway' }), frame({ direction: 'target-to-gateway' })];
  const went = [frame({ direction: 'gateway-to-client' }), frame({ direction: 'gateway-to-client' })];
  for (const each of [...came, ...went]) pairs.add(each);
  expect(came.map((each) => pairs.partnerOf(each))).toEqual(went);
});

test('a ping overtakes the message that waits, and the message is still paired', () => {
  const pairs = new FramePairs();
  const message = frame();
  const ping = frame({ opcode: 9 });
  const pingOut = frame({ opcode: 9, payload: ping.payload, direction: 'gateway-to-target' });
  const messageOut = frame({ payload: message.payload, direction: 'gateway-to-target' });
  for (const each of [message, ping, pingOut, messageOut]) pairs.add(each);
  expect([pairs.partnerOf(ping), pairs.partnerOf(message)]).toEqual([pingOut, messageOut]);
  expect(pairs.stayed(message)).toBe(false);
});

test('a frame of the gateway’s own, such as its Close, has no other one', () => {
  const pairs = new FramePairs();
  const close = frame({ opcode: 8, direction: 'gateway-to-client', closeCode: 1008 });
  pairs.add(frame());
  pairs.add(close);
  expect(pairs.partnerOf(close)).toBeNull();
});

test('what waits is bounded: the oldest of a flood is taken to have stayed', () => {
  const pairs = new FramePairs();
  const flood = Array.from({ length: 1_500 }, () => frame());
  for (const each of flood) pairs.add(each);
  expect(flood.filter((each) => pairs.stayed(each))).toEqual(flood.slice(0, 500));
});
