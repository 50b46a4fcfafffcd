// Pages that were told to wait at the same time come back at times of their own: a room of 200 would else come back as one.

/** Milliseconds that may come on top of a wait, at least and at most. */
const LEAST_SPREAD_MS = 2_000;
const MOST_SPREAD_MS = 10_000;

/** A wait that is never shorter than the server asked for. */
export function atLeast(ms: number): number {
  return ms + Math.random() * Math.min(MOST_SPREAD_MS, Math.max(LEAST_SPREAD_MS, ms));
}

/** A pause of half so long at least, and so long at most. */
export function upTo(ms: number): number {
  return ms * (0.5 + Math.random() / 2);
}
