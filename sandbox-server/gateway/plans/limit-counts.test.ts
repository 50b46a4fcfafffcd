import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLimitCounts } from './limit-counts.ts';
import type { Limit } from './rate-limit.ts';

const limitOf = (calls: number | null, intervalMs: number, hard = true, name = 'default'): Limit => ({
  kind: 'rate',
  name,
  calls,
  intervalMs,
  hard,
  text: `${calls}/${intervalMs}`,
});

it('in each interval, which starts at a multiple of its length, as many calls pass as may', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1_000, max: 100_000 }),
      fc.array(fc.nat(30_000), { maxLength: 60 }),
      (calls, intervalMs, waits) => {
        let at = 1_700_000_000_000;
        const counts = createLimitCounts(() => at);
        const passed = new Map<number, number>();
        for (const wait of waits) {
          at += wait;
          const interval = Math.floor(at / intervalMs);
          const before = passed.get(interval) ?? 0;
          const [state] = counts.take('a', [limitOf(calls, intervalMs)]);
          expect(state?.remaining).toBe(before < calls ? calls - before - 1 : -1);
          expect(state?.resetMs).toBe((interval + 1) * intervalMs - at);
          if (before < calls) passed.set(interval, before + 1);
        }
      },
    ),
  );
});

it('a week starts on Thursday at 00:00 UTC', () => {
  const wednesday = Date.UTC(2026, 10, 25, 23, 59, 59);
  const [state] = createLimitCounts(() => wednesday).take('a', [limitOf(1, 604_800_000)]);
  expect(state?.resetMs).toBe(1_000);
});

it('a call that one hard limit refuses counts against none', () => {
  const counts = createLimitCounts(() => 0);
  const limits = [limitOf(1, 1_000, true, 'short'), limitOf(9, 60_000, true, 'long')];
  const remaining = () => counts.take('a', limits).map((state) => state.remaining);
  expect([remaining(), remaining(), remaining()]).toEqual([
    [0, 8],
    [-1, 7],
    [-1, 7],
  ]);
});

it('a soft limit goes on counting', () => {
  const counts = createLimitCounts(() => 0);
  const remaining = () => counts.take('a', [limitOf(1, 1_000, false)])[0]?.remaining;
  expect([remaining(), remaining(), remaining()]).toEqual([0, -1, -2]);
});

it('each key has its own count, and what is unlimited has none', () => {
  const counts = createLimitCounts(() => 0);
  const [one, two] = [randomUUID(), randomUUID()];
  expect(counts.take(one, [limitOf(1, 1_000)])[0]?.remaining).toBe(0);
  expect(counts.take(two, [limitOf(1, 1_000)])[0]?.remaining).toBe(0);
  expect(counts.take(one, [limitOf(null, 1_000)])).toEqual([]);
  expect(counts.size()).toBe(2);
});

it('never keeps more than 10,000 counts; those that were used last stay', () => {
  const counts = createLimitCounts(() => 0);
  for (let n = 0; n < 12_000; n += 1) {
    counts.take(`key-${n}`, [limitOf(5, 1_000)]);
    counts.take('mine', [limitOf(20_000, 1_000)]);
  }
  expect(counts.size()).toBe(10_000);
  expect(counts.take('mine', [limitOf(20_000, 1_000)])[0]?.remaining).toBe(7_999);
});
