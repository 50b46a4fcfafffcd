// A run's time is its own: neither waiting nor what others do to the processor counts as its processor time.
import { describe, expect, test } from 'vitest';
import { startRunTime, threadClock, timeLimitSentence } from './run-time.ts';

const LIMITS = { cpuMs: 250, wallMs: 800 };

function start(limits = LIMITS) {
  const now = { cpu: 1_234, wall: 98_765, asked: 0 };
  const time = startRunTime(limits, {
    cpu() {
      now.asked += 1;
      return now.cpu;
    },
    wall: () => now.wall,
  });
  const having = (cpu: number, wall: number) => {
    now.cpu = 1_234 + cpu;
    now.wall = 98_765 + wall;
    return time.over();
  };
  return { having, time, now };
}

describe('the time of a run', () => {
  test('is over with its processor time, however long that takes, or with its wall time, however little it worked', () => {
    const { having } = start();
    expect(having(249, 600)).toBeNull();
    expect(having(250, 600)).toBe('cpuMs');
    expect(having(250, 250)).toBe('cpuMs');
    expect(having(3, 799)).toBeNull();
    expect(having(3, 800)).toBe('wallMs');
  });

  test('is looked up at the processor only where it could be over', () => {
    const { having, now } = start();
    having(200, 249);
    expect(now.asked).toBe(1);
    having(200, 251);
    expect(now.asked).toBe(2);
  });

  test('says what is left on the wall', () => {
    const { having, time } = start();
    having(1, 300);
    expect(time.wallLeftMs()).toBe(500);
  });

  test('is told in the words of the limit', () => {
    expect(timeLimitSentence('cpuMs', LIMITS)).toContain('within 250 ms of processor time and');
    expect(timeLimitSentence('wallMs', LIMITS)).toContain('within 800 ms and');
  });

  test('a thread’s own clock counts work and not sleep', () => {
    const before = { cpu: threadClock.cpu(), wall: threadClock.wall() };
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
    const slept = threadClock.cpu() - before.cpu;
    expect(threadClock.wall() - before.wall).toBeGreaterThanOrEqual(59);
    expect(slept).toBeLessThan(30);
    const until = threadClock.cpu() + 20;
    while (threadClock.cpu() < until);
    expect(threadClock.wall() - before.wall).toBeGreaterThanOrEqual(78);
  });
});
