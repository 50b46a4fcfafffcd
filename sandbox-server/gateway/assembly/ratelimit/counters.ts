// How much of each assembly limit is used: counts of one sandbox, gone with it.

export interface Count {
  id: string;
  /** Units of the limit. */
  units: number;
  /** `null` for a count without an interval. */
  intervalMs: number | null;
  hard: boolean;
  /** What this call adds; below 0 it gives back. */
  weight: number;
}

export interface CountState {
  /** Units that are left, this call counted; below 0 it was too much. */
  remaining: number;
  /** Milliseconds until the next interval, `null` where there is none. */
  resetMs: number | null;
}

export interface Counters {
  /** Counts all of them, or none where a hard one has not enough left; a state for each, in order. */
  take(counts: readonly Count[]): CountState[];
  size(): number;
}

/** Counts of one sandbox; the longest unused go first, and start anew. */
const MAX_COUNTS = 2_000;

/**
 * Intervals start at multiples of their length since 1970, in UTC, as documented for limits of the DataPower API Gateway: each full
 * minute, each midnight.
 */
export function createCounters(now: () => number = Date.now): Counters {
  const used = new Map<string, { interval: number; units: number }>();

  return {
    take(counts) {
      const at = now();
      /** One limit may be named more than once in a call. */
      const sofar = new Map<string, number>();
      const looked = counts.map((count) => {
        const { id, units, intervalMs, weight } = count;
        const interval = intervalMs === null ? 0 : Math.floor(at / intervalMs);
        const entry = used.get(id);
        const before = sofar.get(id) ?? (entry?.interval === interval ? entry.units : 0);
        const after = Math.max(0, before + weight);
        sofar.set(id, after);
        const resetMs = intervalMs === null ? null : (interval + 1) * intervalMs - at;
        return { count, interval, after, state: { remaining: units - after, resetMs } };
      });
      const refused = looked.some(
        ({ count, state }) => count.hard && count.weight > 0 && state.remaining < 0,
      );
      if (!refused) {
        for (const { count, interval, after } of looked) {
          used.delete(count.id);
          used.set(count.id, { interval, units: after });
        }
        for (const id of used.keys()) {
          if (used.size <= MAX_COUNTS) break;
          used.delete(id);
        }
      }
      return looked.map(({ state }) => state);
    },
    size: () => used.size,
  };
}
