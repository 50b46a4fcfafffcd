import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHeldBytes, type Holder } from './held-bytes.ts';

it('never holds more than its bound, and cuts those first that have waited longest', () => {
  const step = fc.record({ who: fc.nat(5), bytes: fc.oneof(fc.constant(0), fc.nat(60)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 150 }), (steps, max) => {
      const held = createHeldBytes(max);
      /** The accounts that are open, oldest first. */
      let open: { who: number; bytes: number }[] = [];
      const holders = Array.from(
        { length: 6 },
        (_, who): Holder => ({
          cut() {
            expect(open[0]?.who).toBe(who);
            open.shift();
          },
        }),
      );
      for (const { who, bytes } of steps) {
        const account = open.find((each) => each.who === who);
        if (bytes === 0) open = open.filter((each) => each !== account);
        else if (account) account.bytes = bytes;
        else open.push({ who, bytes });
        const holder = holders[who];
        if (holder) held.set(holder, bytes);
        expect(held.total()).toBe(open.reduce((sum, each) => sum + each.bytes, 0));
        expect(held.total()).toBeLessThanOrEqual(max);
      }
    }),
  );
});
