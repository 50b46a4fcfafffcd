// Bounds how many events one source tells: a flood of tiny frames, or of console lines, must not keep the server busy with telling.

export interface EventBudget {
  /** Whether one more may be told now. `missed` is how many were not told before it; it is given once. */
  take(): { allowed: boolean; missed: number };
  /** Whether `take` would allow one now. */
  hasRoom(): boolean;
  /** Those not told since the last that was; given once. */
  takeMissed(): number;
}

/** `perSecond` events in a window of a second, which begins with one. `now` is in milliseconds, of a clock that only goes forward. */
export function createEventBudget(
  perSecond: number,
  now: () => number = () => performance.now(),
): EventBudget {
  return createBudget(perSecond, 1_000, now);
}

/** The same, spread over the second in tenths, so that what is told comes in no burst that keeps others waiting. */
export function createSteadyBudget(perSecond: number): EventBudget {
  return createBudget(Math.ceil(perSecond / 10), 100, () => performance.now());
}

function createBudget(perWindow: number, windowMs: number, now: () => number): EventBudget {
  let windowStart = Number.NEGATIVE_INFINITY;
  let told = 0;
  let missed = 0;

  function takeMissed(): number {
    const taken = missed;
    missed = 0;
    return taken;
  }

  return {
    take() {
      const at = now();
      if (at - windowStart >= windowMs) {
        windowStart = at;
        told = 0;
      }
      if (told >= perWindow) {
        missed += 1;
        return { allowed: false, missed: 0 };
      }
      told += 1;
      return { allowed: true, missed: takeMissed() };
    },
    hasRoom: () => told < perWindow || now() - windowStart >= windowMs,
    takeMissed,
  };
}
