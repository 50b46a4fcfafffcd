import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLabTime, type LabTime } from './lab-time.ts';

let time: LabTime;
beforeEach(() => {
  vi.useFakeTimers();
  time = createLabTime();
});
afterEach(() => {
  time.close();
  vi.useRealTimers();
});

const open = new AbortController().signal;

/** A server, and the beats that it had. */
function joined(answers: 'answers' | 'is silent') {
  const beats: number[] = [];
  const place = time.join({
    beat(now) {
      beats.push(now);
      if (answers === 'answers') queueMicrotask(place.answered);
    },
  });
  return { beats, ...place };
}

test('it goes on with the clock while all answer', async () => {
  const { beats } = joined('answers');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(time.now()).toBe(1_000);
  expect(time.behind()).toBe(0);
  expect(beats.at(-1)).toBe(1_000);
});

test('while the process stands still it does not, and then goes on from where it was', async () => {
  await vi.advanceTimersByTimeAsync(100);
  // The clock goes on, and no timer is called: that is what a stand looks like.
  vi.setSystemTime(Date.now() + 5_000);
  const real = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => real + 5_000);
  await vi.advanceTimersByTimeAsync(20);
  vi.restoreAllMocks();
  expect(time.now()).toBeLessThan(200);
});

test('while one of its servers does not answer it stands, for the others too, until that one answers or leaves', async () => {
  const lively = joined('answers');
  const late = joined('is silent');
  const leaving = joined('is silent');
  await vi.advanceTimersByTimeAsync(500);
  const stood = time.now();
  expect([lively.beats, late.beats]).toEqual([[stood], [stood]]);
  expect(time.behind()).toBeGreaterThan(400);
  late.answered();
  await vi.advanceTimersByTimeAsync(500);
  expect(time.now()).toBe(stood);
  leaving.leave();
  await vi.advanceTimersByTimeAsync(20);
  expect(time.now()).toBeGreaterThan(stood);
});

test('a wait is over when its time is, the last beat answered, and not by the clock', async () => {
  const { answered } = joined('is silent');
  const over = vi.fn();
  void time.pass(10, open).then(over);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(over).not.toHaveBeenCalled();
  answered();
  await vi.advanceTimersByTimeAsync(20);
  expect(over).toHaveBeenCalledOnce();
});

test('a wait ends with its signal, and all with the time, which leaves no timer', async () => {
  const given = new AbortController();
  const first = time.pass(1_000, given.signal);
  const second = time.pass(1_000, open);
  given.abort();
  await first;
  time.close();
  await second;
  await time.pass(1_000, open);
  expect(vi.getTimerCount()).toBe(0);
});
