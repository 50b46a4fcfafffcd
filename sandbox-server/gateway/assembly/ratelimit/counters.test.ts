import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Count, createCounters } from './counters.ts';
import { giveBackAtEnd } from './give-back.ts';

const count = (more: Partial<Count> = {}): Count => ({
  id: 'a',
  units: 3,
  intervalMs: 60_000,
  hard: true,
  weight: 1,
  ...more,
});

describe('counts of assembly limits', () => {
  it('never let more through in an interval than the limit, and start anew with the next', () => {
    const call = fc.record({
      wait: fc.integer({ min: 0, max: 40_000 }),
      weight: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (calls, units) => {
        let at = 1_700_000_000_000;
        const counters = createCounters(() => at);
        const passed = new Map<number, number>();
        for (const { wait, weight } of calls) {
          at += wait;
          const interval = Math.floor(at / 60_000);
          const before = passed.get(interval) ?? 0;
          const [state] = counters.take([count({ units, weight })]);
          expect(state).toEqual({
            remaining: units - before - weight,
            resetMs: (interval + 1) * 60_000 - at,
          });
          if (before + weight <= units) passed.set(interval, before + weight);
        }
      }),
    );
  });

  it('count nothing at all where one of several has not enough left', () => {
    const counters = createCounters();
    const both = [count({ intervalMs: null }), count({ id: 'b', intervalMs: null, units: 1 })];
    const remaining = () => counters.take(both).map((state) => state.remaining);
    expect([remaining(), remaining(), remaining()]).toEqual([
      [2, 0],
      [1, -1],
      [1, -1],
    ]);
  });

  it('one limit that is named twice counts twice', () => {
    const counters = createCounters();
    const twice = [count({ intervalMs: null }), count({ intervalMs: null })];
    const remaining = () => counters.take(twice).map((state) => state.remaining);
    expect([remaining(), remaining()]).toEqual([
      [2, 1],
      [0, -1],
    ]);
  });

  it('a soft limit goes on counting', () => {
    const counters = createCounters();
    const soft = count({ hard: false, intervalMs: null, units: 1 });
    expect([1, 2, 3].map(() => counters.take([soft])[0]?.remaining)).toEqual([0, -1, -2]);
  });

  it('what is given back can be taken again, and never more than was taken', () => {
    const counters = createCounters();
    const take = (weight: number) => counters.take([count({ intervalMs: null, weight })])[0]?.remaining;
    expect([take(3), take(1), take(-2), take(2), take(-9), take(3)]).toEqual([0, -1, 2, 0, 3, 0]);
  });

  it('are bounded: the longest unused go first', () => {
    const counters = createCounters();
    for (let i = 0; i < 3_000; i += 1) counters.take([count({ id: String(i) })]);
    expect(counters.size()).toBe(2_000);
    expect(counters.take([count({ id: '2999' })])[0]?.remaining).toBe(1);
    expect(counters.take([count({ id: '0' })])[0]?.remaining).toBe(2);
  });
});

describe('what a connection has taken', () => {
  const open = () => {
    const counters = createCounters();
    const take = (weight: number) =>
      counters.take([count({ intervalMs: null, units: 100, weight })])[0]?.remaining;
    return { counters, take, connection: new AbortController() };
  };

  it('comes back when it is closed, as much as it took and did not give back itself', () => {
    const { counters, take, connection } = open();
    take(50);
    for (const weight of [5, 7, -4, 1]) {
      take(weight);
      giveBackAtEnd(connection.signal, counters, count({ intervalMs: null, units: 100, weight }));
    }
    expect(take(0)).toBe(41);
    connection.abort();
    expect(take(0)).toBe(50);
  });

  it('comes back at once where it is closed already', () => {
    const { counters, take, connection } = open();
    connection.abort();
    take(3);
    giveBackAtEnd(connection.signal, counters, count({ intervalMs: null, units: 100, weight: 3 }));
    expect(take(0)).toBe(100);
  });
});
