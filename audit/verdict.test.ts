import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLeast, atMost, told } from './verdict.ts';

test('a number is met up to its bound and missed beyond', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1 }), (bound, beyond) => {
      expect(atLeast('x', bound, bound).met).toBe(true);
      expect(atLeast('x', bound - beyond, bound).met).toBe(false);
      expect(atMost('x', bound, bound).met).toBe(true);
      expect(atMost('x', bound + beyond, bound).met).toBe(false);
    }),
  );
});

test('what could not be measured is missed', () => {
  expect(atLeast('x', Number.NaN, 0).met).toBe(false);
  expect(atMost('x', Number.NaN, 0).met).toBe(false);
});

test('a line tells value, unit, bound and verdict', () => {
  expect(told(atMost('Run to result', 61.234, 100, 'ms'))).toMatch(/Run to result +61\.2 ms +≤ 100 +met$/);
  expect(told(atLeast('seo', 99, 100))).toMatch(/seo +99 +≥ 100 +MISSED$/);
});
