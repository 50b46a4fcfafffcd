import { performance } from 'node:perf_hooks';
import { expect, test, vi } from 'vitest';
import { createPace } from './pace.ts';

/** This process does nothing else meanwhile. */
function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('a lab whose own check passes in time is not slow', async () => {
  const watch = createPace({ knownGood: async () => true, slowMs: 60_000 }).watch();
  expect(await watch.wasSlow()).toBe(false);
  watch.end();
});

test('a lab whose own check is late is slow, and that check is given up', async () => {
  let given: AbortSignal | undefined;
  const knownGood = (signal: AbortSignal) => {
    given = signal;
    return new Promise<boolean>(() => {});
  };
  const watch = createPace({ knownGood, slowMs: 20 }).watch();
  expect(await watch.wasSlow()).toBe(true);
  expect(given?.aborted).toBe(true);
  watch.end();
});

test.each([
  ['fails', async () => false],
  ['is refused', async () => Promise.reject(new Error('full'))],
])('a lab whose own check %s cannot judge', async (_, knownGood) => {
  const watch = createPace({ knownGood, slowMs: 60_000 }).watch();
  expect(await watch.wasSlow()).toBe(true);
  watch.end();
});

test('a process that has stood still was slow, whatever its own check says now', async () => {
  const watch = createPace({ knownGood: async () => true, slowMs: 100 }).watch();
  // What is measured begins some turns of the loop later.
  await vi.waitFor(async () => {
    standStill(150);
    expect(await watch.wasSlow()).toBe(true);
  }, 20_000);
  watch.end();
});

test('many who want to know at once share one check', async () => {
  const answer = Promise.withResolvers<boolean>();
  const knownGood = vi.fn(() => answer.promise);
  const pace = createPace({ knownGood, slowMs: 60_000 });
  const watches = Array.from({ length: 10 }, () => pace.watch());
  const asked = watches.map((watch) => watch.wasSlow());
  await vi.waitFor(() => expect(knownGood).toHaveBeenCalled(), 20_000);
  answer.resolve(true);
  expect(new Set(await Promise.all(asked))).toEqual(new Set([false]));
  expect(knownGood).toHaveBeenCalledOnce();
  for (const watch of watches) watch.end();
});
