import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { createEventBudget, createSteadyBudget } from './event-budget.ts';

it('tells at most so much a second, and counts every other one exactly once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700)), fc.integer({ min: 1, max: 5 }), (steps, perSecond) => {
      let clock = 0;
      const budget = createEventBudget(perSecond, () => clock);
      const toldAt: number[] = [];
      let missed = 0;
      for (const step of steps) {
        clock += step;
        const hasRoom = budget.hasRoom();
        const taken = budget.take();
        expect(hasRoom).toBe(taken.allowed);
        missed += taken.missed;
        if (taken.allowed) toldAt.push(clock);
      }
      expect(toldAt.length + missed + budget.takeMissed()).toBe(steps.length);
      // A window begins with an event, so a second may touch two of them.
      for (const at of toldAt) {
        expect(toldAt.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(
          2 * perSecond,
        );
      }
    }),
  );
});

it('a steady budget gives a tenth in a tenth of a second', () => {
  vi.useFakeTimers();
  const budget = createSteadyBudget(100);
  const taken = () => Array.from({ length: 40 }, () => budget.take()).filter(({ allowed }) => allowed).length;
  expect([taken(), taken()]).toEqual([10, 0]);
  vi.advanceTimersByTime(100);
  expect(taken()).toBe(10);
  vi.useRealTimers();
});
