// A percentile is one of the samples, the one that so many are not above.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

test('a percentile is a sample, and at least that share of all is not above it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (samples, share) => {
        const value = percentile(samples, share);
        expect(samples).toContain(value);
        const below = samples.filter((each) => each < value).length;
        const notAbove = samples.filter((each) => each <= value).length;
        expect(notAbove).toBeGreaterThanOrEqual(share * samples.length - 1e-9);
        expect(below).toBeLessThan(share * samples.length + 1e-9);
      },
    ),
  );
});

test('of nothing there is none', () => {
  expect(percentile([], 0.5)).toBeNaN();
});
