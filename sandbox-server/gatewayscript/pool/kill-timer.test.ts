// A thread is killed for the time that it took itself, and in any case when its wall time is over.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startKillTimer } from './kill-timer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** `share` of a processor is what the thread gets; `null` means that it does not answer. */
function watch(share: number | null, fails = false) {
  const killed: { limit: string; at: number }[] = [];
  const startedAt = performance.now();
  const at = () => performance.now() - startedAt;
  let looks = 0;
  const cancel = startKillTimer({
    cpuMs: 300,
    wallMs: 900,
    usedCpuMs() {
      looks += 1;
      if (fails) return Promise.reject(new Error('no such thing here'));
      return share === null ? new Promise(() => {}) : Promise.resolve(at() * share);
    },
    kill: (limit) => killed.push({ limit, at: at() }),
  });
  return { cancel, killed, looks: () => looks };
}

describe('a thread that does not stop is killed', () => {
  test('at once when its processor time is over', async () => {
    const { killed } = watch(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(killed).toEqual([{ limit: 'cpuMs', at: 300 }]);
  });

  test('later on a machine that gives it half a processor', async () => {
    const { killed, looks } = watch(0.5);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(killed).toHaveLength(1);
    expect(killed[0]?.limit).toBe('cpuMs');
    expect(killed[0]?.at).toBeGreaterThanOrEqual(600);
    expect(killed[0]?.at).toBeLessThan(640);
    expect(looks()).toBeLessThan(20);
  });

  test.each([
    ['sleeps and so does not answer', null, false],
    ['hardly gets to run', 0.01, false],
    ['cannot be asked', 1, true],
  ])('once at the end of its wall time where it %s', async (_what, share, fails) => {
    const { killed } = watch(share, fails);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(killed).toEqual([{ limit: 'wallMs', at: 900 }]);
  });
});

test('a run that ended is not killed, nor looked at, any more', async () => {
  const { cancel, killed, looks } = watch(0.5);
  await vi.advanceTimersByTimeAsync(310);
  const before = looks();
  cancel();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([killed, looks()]).toEqual([[], before]);
  expect(vi.getTimerCount()).toBe(0);
});
