import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from './announcer.ts';

let said: string[];
let announcer: Announcer;
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  announcer = new Announcer((sentence) => said.push(sentence));
});
afterEach(() => {
  announcer.stop();
  vi.useRealTimers();
});

test('of a burst the first is said at once, and the last a second later', () => {
  for (let index = 1; index <= 500; index++) announcer.announce(`${index} frames`);
  expect(said).toEqual(['1 frames']);
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(['1 frames', '500 frames']);
  vi.advanceTimersByTime(60_000);
  expect(said).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('what is said again is not repeated', () => {
  announcer.announce('same');
  announcer.announce('same');
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(['same']);
});

test('after stop nothing is said and no timer is left', () => {
  announcer.announce('a');
  announcer.announce('b');
  announcer.stop();
  vi.advanceTimersByTime(5000);
  expect([said, vi.getTimerCount()]).toEqual([['a'], 0]);
});

test('who wants a longer pause gets it', () => {
  const seldom = new Announcer((sentence) => said.push(sentence), 4000);
  seldom.announce('a');
  seldom.announce('b');
  vi.advanceTimersByTime(3999);
  expect(said).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['a', 'b']);
  seldom.stop();
});
