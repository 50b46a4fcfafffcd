/** Milliseconds with three digits behind the point, as events tell times between frames. */
export function microseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
