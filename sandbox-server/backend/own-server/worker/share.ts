// A server's share of its thread: what it has worked beyond so many milliseconds a second, it waits before its next turn.

export interface Share {
  /** Runs the work and counts the processor time that it takes of this thread. */
  measured<T>(work: () => T): T;
  /** When the next turn may be, in milliseconds of `performance.now`. */
  freeAt(): number;
}

/** Milliseconds of work that are free at a time, so that a burst after a quiet moment waits for nothing. */
const BURST_MS = 200;

/** `cpu` gives the processor time of the thread, `now` the time, both in milliseconds. */
export function createShare(
  msPerSecond: number,
  cpu: () => number = threadCpuMs,
  now: () => number = () => performance.now(),
): Share {
  /** Milliseconds that are still free, at `since`. */
  let free = BURST_MS;
  let since = now();
  return {
    measured(work) {
      const before = cpu();
      try {
        return work();
      } finally {
        const at = now();
        free = Math.min(BURST_MS, free + ((at - since) * msPerSecond) / 1_000) - (cpu() - before);
        since = at;
      }
    },
    freeAt: () => (free > 0 ? 0 : since + (-free * 1_000) / msPerSecond),
  };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
