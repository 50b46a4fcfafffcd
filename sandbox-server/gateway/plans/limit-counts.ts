// How often each application has called within the running interval of each limit.
import type { Limit } from './rate-limit.ts';

export interface LimitState {
  limit: Limit;
  /** Calls that are left in this interval, the one at hand counted; below 0 it is one too many. */
  remaining: number;
  /** Milliseconds until the next interval starts. */
  resetMs: number;
}

export interface LimitCounts {
  /**
   * Counts a call against each limit, and tells how each stands; where a hard one is used up nothing is counted.
   * `key` is whose count it is. Unlimited ones are left out.
   */
  take(key: string, limits: readonly Limit[]): LimitState[];
  /** Counts that are kept. */
  size(): number;
}

/** Counts of one product; the longest unused go first, and then start anew. */
const MAX_COUNTS = 10_000;

/**
 * Intervals start at multiples of their length since 1970, in UTC: each full minute or hour, each midnight, each Thursday, as documented for the
 * limits of the DataPower API Gateway.
 */
export function createLimitCounts(now: () => number): LimitCounts {
  const counts = new Map<string, { interval: number; calls: number }>();

  function callsIn(id: string, interval: number): number {
    const count = counts.get(id);
    return count?.interval === interval ? count.calls : 0;
  }

  return {
    take(key, limits) {
      const at = now();
      const looked = limits.flatMap((limit) => {
        if (limit.calls === null) return [];
        const interval = Math.floor(at / limit.intervalMs);
        const id = JSON.stringify([key, limit.kind, limit.name]);
        const calls = callsIn(id, interval) + 1;
        const resetMs = (interval + 1) * limit.intervalMs - at;
        return [{ id, interval, calls, state: { limit, remaining: limit.calls - calls, resetMs } }];
      });
      const refused = looked.some(({ state }) => state.limit.hard && state.remaining < 0);
      if (!refused) {
        for (const { id, interval, calls } of looked) {
          counts.delete(id);
          counts.set(id, { interval, calls });
        }
        for (const id of counts.keys()) {
          if (counts.size <= MAX_COUNTS) break;
          counts.delete(id);
        }
      }
      return looked.map(({ state }) => state);
    },
    size: () => counts.size,
  };
}
