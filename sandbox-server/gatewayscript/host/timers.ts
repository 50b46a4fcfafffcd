// The callbacks that a script waits for: timers and body reads, by the time they are due. A run ends when none is left.
import { TIMERS_MAX } from '../limits.ts';
import { GuestError } from './guest-error.ts';

interface Timer {
  id: number;
  dueAt: number;
  repeatMs: number | null;
}

export interface Timers {
  /** @returns the timer's id. @throws GuestError (RangeError) when too many wait. */
  add(delayMs: number, repeats: boolean): number;
  remove(id: number): void;
  /** What it waited for has come. */
  makeDue(id: number): void;
  /** The timer that is due next, the older one first where two are due at once. */
  next(): { id: number; dueAt: number } | undefined;
  /** Takes a timer off, or sets it again where it repeats. */
  taken(id: number): void;
}

/** `now` gives milliseconds. Delays are at least 1 ms and at most 2^31-1, as in Node. */
export function createTimers(now: () => number = () => performance.now(), max = TIMERS_MAX): Timers {
  const waiting = new Map<number, Timer>();
  let lastId = 0;
  return {
    add(delayMs, repeats) {
      if (waiting.size >= max)
        throw new GuestError('RangeError', `more than ${max} timers and callbacks wait at once`);
      const delay = delayMs >= 1 && delayMs <= 0x7fffffff ? Math.trunc(delayMs) : 1;
      lastId += 1;
      waiting.set(lastId, {
        id: lastId,
        dueAt: delayMs < 0 ? now() : now() + delay,
        repeatMs: repeats ? delay : null,
      });
      return lastId;
    },
    remove(id) {
      waiting.delete(id);
    },
    makeDue(id) {
      const timer = waiting.get(id);
      if (timer) timer.dueAt = now();
    },
    next() {
      let first: Timer | undefined;
      for (const timer of waiting.values()) if (!first || timer.dueAt < first.dueAt) first = timer;
      return first;
    },
    taken(id) {
      const timer = waiting.get(id);
      if (!timer) return;
      if (timer.repeatMs === null) waiting.delete(id);
      else timer.dueAt = now() + timer.repeatMs;
    },
  };
}
