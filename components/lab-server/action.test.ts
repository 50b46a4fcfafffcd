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

  describe('that knows how to begin again', () => {
    let again: number;
    let random: number;
    let recovering: Action;
    beforeEach(() => {
      vi.useFakeTimers();
      vi.spyOn(Math, 'random').mockImplementation(() => random);
      random = 0;
      again = 0;
      recovering = new Action(host, () => {
        again += 1;
      });
    });
    afterEach(() => {
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    });
    const busy = (seconds: number) => () =>
      Promise.reject(new LabProblem(429, 'busy', 'Busy.', 'Wait.', seconds));
    const away = () => Promise.reject(new TypeError('Failed to fetch'));
    const health = (answers: () => Response) => {
      const fetched = vi.fn(async () => answers());
      vi.stubGlobal('fetch', fetched);
      return fetched;
    };

    test('begins again when the server’s wait is over, and says before that it will', async () => {
      await recovering.do(busy(4));
      expect(recovering.recovers).toBe(true);
      vi.advanceTimersByTime(3_000);
      expect(again).toBe(0);
      vi.advanceTimersByTime(1_000);
      expect(again).toBe(1);
    });

    test('comes back later than another page that was told to wait at the same time, and counts down to that', async () => {
      random = 0.25;
      await recovering.do(busy(4));
      expect(recovering.wait).toBe(5);
      random = 0.9;
      await recovering.do(busy(4));
      expect(recovering.wait).toBe(8);
      vi.advanceTimersByTime(7_500);
      expect([recovering.wait, again]).toEqual([1, 0]);
      vi.advanceTimersByTime(100);
      expect([recovering.wait, again]).toEqual([0, 1]);
    });

    test('does so three times in a row at most, and not for a wait of minutes', async () => {
      for (let time = 0; time < 4; time += 1) {
        await recovering.do(busy(1));
        vi.advanceTimersByTime(1_000);
      }
      expect(again).toBe(3);
      await recovering.do(async () => 'fine');
      await recovering.do(busy(600));
      expect(recovering.recovers).toBe(false);
      vi.advanceTimersByTime(700_000);
      expect(again).toBe(3);
    });

    test('begins again when a server that was away answers, and asks ever more rarely until then', async () => {
      let there = false;
      random = 1;
      const fetched = health(() =>
        there
          ? Response.json({ status: 'ok' })
          : new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      );
      await recovering.do(away);
      expect(recovering.recovers).toBe(true);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(again).toBe(0);
      expect(fetched.mock.calls.length).toBeLessThan(12);
      there = true;
      await vi.advanceTimersByTimeAsync(15_000);
      expect(again).toBe(1);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(again).toBe(1);
    });

    test('a server that takes the question and never answers is asked again', async () => {
      random = 1;
      const fetched = vi.fn(
        (_path: string, { signal }: { signal: AbortSignal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      );
      vi.stubGlobal('fetch', fetched);
      await recovering.do(away);
      await vi.advanceTimersByTimeAsync(5_900);
      expect(fetched).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(fetched).toHaveBeenCalledTimes(2);
      recovering.hostDisconnected();
      await vi.advanceTimersByTimeAsync(60_000);
      expect([fetched.mock.calls.length, vi.getTimerCount()]).toEqual([2, 0]);
    });

    test('a newer deed, or the end of the element, ends the waiting', async () => {
      const fetched = health(() => Response.json({ status: 'ok' }));
      await recovering.do(away);
      await recovering.do(async () => 'newer');
      await vi.advanceTimersByTimeAsync(60_000);
      await recovering.do(away);
      recovering.hostDisconnected();
      await vi.advanceTimersByTimeAsync(60_000);
      expect([again, fetched.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0, 0]);
    });

    test('a server that never answers is asked no more after a while', async () => {
      const fetched = health(() => new Response('', { status: 502 }));
      await recovering.do(away);
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(fetched.mock.calls.length).toBe(60);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
