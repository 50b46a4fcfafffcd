import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BURST_UNITS, parseRate, RATE_UNITS } from './rate-limit.ts';

const seconds = { second: 1, minute: 60, hour: 3_600, day: 86_400, week: 604_800 };

it('a limit is calls, a number and a unit, in the singular or the plural', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 9_999 }),
      fc.constantFrom(...RATE_UNITS),
      fc.constantFrom('', 's'),
      (calls, count, unit, plural) => {
        expect(parseRate(`${calls}/${count}${unit}${plural}`, RATE_UNITS)).toEqual({
          calls,
          intervalMs: count * seconds[unit] * 1_000,
        });
      },
    ),
  );
});

it('the number may be missing, and then is one; unlimited is a limit, too', () => {
  expect(parseRate('100/hour', RATE_UNITS)).toEqual({ calls: 100, intervalMs: 3_600_000 });
  expect(parseRate('unlimited', RATE_UNITS)?.calls).toBeNull();
});

it.each([
  '',
  '100',
  '100/1',
  '/1hour',
  '1.5/1hour',
  '-1/1hour',
  '100/0hour',
  '100/1month',
  '100 per hour',
  '1/1hourly',
  'x100/1hour',
])('%j is no limit', (text) => expect(parseRate(text, RATE_UNITS)).toBeNull());

it('a burst limit is for seconds or minutes', () => {
  expect(parseRate('10/1second', BURST_UNITS)).toEqual({ calls: 10, intervalMs: 1_000 });
  expect(parseRate('10/1hour', BURST_UNITS)).toBeNull();
});
