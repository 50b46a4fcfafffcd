// Timers come due in order of time, then of age, and none is kept longer than it waits.
import { describe, expect, test } from 'vitest';
import { TIMERS_MAX } from '../limits.ts';
import { createTimers } from './timers.ts';

function start() {
  let now = 1000;
  const timers = createTimers(() => now);
  const inOrder = (count: number) =>
    Array.from({ length: count }, () => {
      const next = timers.next();
      if (!next) return null;
      now = Math.max(now, next.dueAt);
      timers.taken(next.id);
      return next.id;
    });
  return { timers, inOrder, at: () => now };
}

describe('timers', () => {
  test('the one due first comes first, the older where two are due at once', () => {
    const { timers, inOrder } = start();
    const late = timers.add(20, false);
    const [early, alsoEarly] = [timers.add(5, false), timers.add(5, false)];
    const atOnce = timers.add(-1, false);
    expect(inOrder(5)).toEqual([atOnce, early, alsoEarly, late, null]);
  });

  test('one that repeats comes again after its time, until it is removed', () => {
    const { timers, inOrder, at } = start();
    const id = timers.add(10, true);
    expect(inOrder(3)).toEqual([id, id, id]);
    expect(at()).toBe(1030);
    timers.remove(id);
    expect(timers.next()).toBeUndefined();
  });

  test('what has come before its time is due at once, before what was due later', () => {
    const { timers, inOrder, at } = start();
    const [slow, quick] = [timers.add(5_000, false), timers.add(10, false)];
    timers.makeDue(slow);
    timers.makeDue(slow + 1_000);
    expect(timers.next()).toMatchObject({ id: slow, dueAt: at() });
    expect(inOrder(3)).toEqual([slow, quick, null]);
  });

  test('delays that are none, or beyond what Node takes, are 1 ms', () => {
    for (const delay of [0, 0.5, Number.NaN, 2 ** 31]) {
      const { timers } = start();
      timers.add(delay, false);
      expect(timers.next()?.dueAt).toBe(1001);
    }
  });

  test('more than may wait are refused, and room comes back', () => {
    const { timers } = start();
    const ids = Array.from({ length: TIMERS_MAX }, () => timers.add(1, false));
    expect(() => timers.add(1, false)).toThrow(`more than ${TIMERS_MAX} timers and callbacks wait at once`);
    timers.remove(ids[0] ?? 0);
    expect(() => timers.add(1, false)).not.toThrow();
  });
});
