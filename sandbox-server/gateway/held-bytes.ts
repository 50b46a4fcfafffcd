// Bounds what waits in memory for slow readers and in unfinished messages, over all connections together.

/** Somebody on whose account bytes wait. */
export interface Holder {
  /** Ends it, so that its bytes are free. Called at most once for each time that it came to hold bytes. */
  cut(): void;
}

export interface HeldBytes {
  /** So many bytes wait on this account now; 0 closes it. Beyond the bound, those that have waited longest are cut, until the rest has room. */
  set(holder: Holder, bytes: number): void;
  total(): number;
}

/** What the log says of a connection that is cut. */
export const CUT_SENTENCE =
  'Too many bytes wait in the gateway’s connections. This one has waited longest, so the gateway cuts it.';

/** Less than this for one reader or message is not worth counting. */
export const UNCOUNTED_BYTES = 16_384;

export function createHeldBytes(maxBytes: number): HeldBytes {
  /** In the order in which they came to hold bytes. */
  const accounts = new Map<Holder, number>();
  let total = 0;

  function close(holder: Holder): void {
    total -= accounts.get(holder) ?? 0;
    accounts.delete(holder);
  }

  function cutLongest(): void {
    const [longest] = accounts.keys();
    if (!longest) return;
    close(longest);
    longest.cut();
  }

  return {
    set(holder, bytes) {
      if (bytes === 0) return close(holder);
      total += bytes - (accounts.get(holder) ?? 0);
      accounts.set(holder, bytes);
      while (total > maxBytes && accounts.size > 0) cutLongest();
    },
    total: () => total,
  };
}
