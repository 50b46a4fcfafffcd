import { randomUUID } from 'node:crypto';
import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Action } from './action.ts';
import { LabProblem } from './lab-problem.ts';

const host: ReactiveControllerHost = {
  addController: () => {},
  removeController: () => {},
  requestUpdate: () => {},
  updateComplete: Promise.resolve(true),
};
let action: Action;
beforeEach(() => {
  action = new Action(host);
});
afterEach(() => vi.useRealTimers());

describe('an action', () => {
  test('is busy until its result is there', async () => {
    const word = randomUUID();
    const doing = action.do(async () => word);
    expect(action.busy).toBe(true);
    expect(await doing).toBe(word);
    expect(action.busy).toBe(false);
  });

  test('stops the older one, whose result is not shown', async () => {
    const older = Promise.withResolvers<string>();
    let stopped = false;
    const first = action.do((signal) => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return older.promise;
    });
    const second = action.do(async () => 'newer');
    older.resolve('older');
    expect(await first).toBeUndefined();
    expect(await second).toBe('newer');
    expect(stopped).toBe(true);
  });

  test('a failure of the older one does not hide the newer one', async () => {
    const older = Promise.withResolvers<string>();
    const first = action.do(() => older.promise);
    const newer = Promise.withResolvers<string>();
    const second = action.do(() => newer.promise);
    older.reject(new Error('late'));
    await first;
    expect([action.busy, action.problem]).toEqual([true, null]);
    newer.resolve('x');
    await second;
  });

  test('a problem is kept until the next deed, and counts down to when the server wants to be asked again', async () => {
    vi.useFakeTimers();
    await action.do(() => Promise.reject(new LabProblem(429, 'busy', 'Busy.', 'Wait.', 3)));
    expect([action.problem?.code, action.wait]).toEqual(['busy', 3]);
    vi.advanceTimersByTime(2000);
    expect(action.wait).toBe(1);
    vi.advanceTimersByTime(9000);
    expect(action.wait).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    await action.do(async () => 1);
    expect(action.problem).toBeNull();
  });

  test('a part of the page that cannot be fetched means that the server is away', async () => {
    await action.do(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module: x')));
    expect(action.problem?.code).toBe('server-away');
  });

  test('an element that leaves the page stops its action and its countdown', async () => {
    vi.useFakeTimers();
    await action.do(() => Promise.reject(new LabProblem(429, 'busy', 'Busy.', 'Wait.', 60)));
    let aborted = false;
    const doing = action.do(
      (signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(signal.reason);
          }),
        ),
    );
    action.hostDisconnected();
    await doing;
    expect([aborted, action.busy, vi.getTimerCount()]).toEqual([true, false, 0]);
  });
});
