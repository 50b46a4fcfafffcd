import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLeast, upTo } from './jitter.ts';

const waits = fc.integer({ min: 1, max: 120_000 });

test('nobody comes back before the server wants it, nor much later', () => {
  fc.assert(
    fc.property(waits, (ms) => {
      const wait = atLeast(ms);
      expect(wait).toBeGreaterThanOrEqual(ms);
      expect(wait).toBeLessThanOrEqual(ms + 10_000);
    }),
  );
});

test('of 200 pages that wait for the same second, no tenth of a second has more than a few', () => {
  const slots = new Map<number, number>();
  for (let page = 0; page < 200; page += 1) {
    const slot = Math.floor(atLeast(3_000) / 100);
    slots.set(slot, (slots.get(slot) ?? 0) + 1);
  }
  // 30 slots, 7 a slot on average; 30 in one of them does not happen in the life of a lab.
  expect(Math.max(...slots.values())).toBeLessThan(30);
});

test('a pause is no longer than it should be, and no shorter than half of that', () => {
  fc.assert(
    fc.property(waits, (ms) => {
      const pause = upTo(ms);
      expect(pause).toBeGreaterThanOrEqual(ms / 2);
      expect(pause).toBeLessThanOrEqual(ms);
    }),
  );
});
