import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MESSAGE_OVERHEAD_BYTES } from '../limits.ts';
import { createOutbox } from './outbox.ts';

const LIMITS = { clientBytes: 1_000, serverBytes: 2_500 };

test('what is sent and not written is never more than the bounds, and callbacks come in order, each once', () => {
  const step = fc.record({
    client: fc.integer({ min: 1, max: 4 }),
    bytes: fc.integer({ min: 0, max: 400 }),
    written: fc.integer({ min: 0, max: 3 }),
    turns: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const outbox = createOutbox(LIMITS);
      const sent = new Map<number, { bytes: number; callback: number }[]>();
      const waiting = (client: number) =>
        (sent.get(client) ?? []).reduce((sum, { bytes }) => sum + bytes + MESSAGE_OVERHEAD_BYTES, 0);
      const total = () => [...sent.keys()].reduce((sum, client) => sum + waiting(client), 0);
      let before = new Map<number, number>();
      for (const [callback, { client, bytes, written, turns }] of steps.entries()) {
        if (turns) {
          outbox.beginTurn();
          before = new Map([...sent.keys()].map((each) => [each, waiting(each)]));
        }
        const since = before.get(client) ?? 0;
        const size = bytes + MESSAGE_OVERHEAD_BYTES;
        const expected =
          since > 0 && since + size > LIMITS.clientBytes
            ? 'client-full'
            : total() + size > LIMITS.serverBytes
              ? 'server-full'
              : 'added';
        expect(outbox.add(client, bytes, callback)).toBe(expected);
        const box = sent.get(client) ?? [];
        if (expected === 'added') sent.set(client, [...box, { bytes, callback }]);
        const done = sent.get(client)?.splice(0, written) ?? [];
        expect(outbox.written(client, written)).toEqual(
          done.map((each) => each.callback).filter((each) => each !== 0),
        );
        const gone = done.reduce((sum, each) => sum + each.bytes + MESSAGE_OVERHEAD_BYTES, 0);
        before.set(client, Math.max(0, (before.get(client) ?? 0) - gone));
        const left = (sent.get(client) ?? []).reduce((sum, each) => sum + each.bytes, 0);
        expect(outbox.waiting(client)).toBe(left);
      }
    }),
  );
});
