// A limit as a product writes it, `100/1hour`, and as the gateway counts it.

/** A limit by its name in the plan. */
export interface Limit {
  kind: 'rate' | 'burst';
  name: string;
  /** Calls in one interval; `null` for any number. */
  calls: number | null;
  intervalMs: number;
  /** A soft limit lets the call through and logs it. */
  hard: boolean;
  /** As written, for the log. */
  text: string;
}

/** A limit of 0 is one all the same: what it does, and the mend. `example` is a limit of its kind. */
export function zeroSentence(name: string, text: string, hard: boolean, example: string): string {
  const each = hard ? 'refused' : 'logged as one too many';
  return `The limit ${name} (${text.trim()}) allows no call: each one is ${each}. Write how many it allows, e.g. ${example}, or unlimited.`;
}

export const RATE_UNITS = ['second', 'minute', 'hour', 'day', 'week'] as const;
/** Documented: burst limits are for short times. */
export const BURST_UNITS = ['second', 'minute'] as const;

const UNIT_MS = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
} as const;

/**
 * `<calls>/<number><unit>`, the number 1 where it is not there (`100/hour`), or `unlimited`. `null` for any other text.
 * `units` are those that this kind of limit may have.
 */
export function parseRate(
  text: string,
  units: readonly (keyof typeof UNIT_MS)[],
): { calls: number | null; intervalMs: number } | null {
  if (text.trim() === 'unlimited') return { calls: null, intervalMs: UNIT_MS.week };
  const match = /^\s*(\d{1,12})\s*\/\s*(\d{0,6})\s*([a-z]+?)s?\s*$/.exec(text);
  const unit = units.find((name) => name === match?.[3]);
  const count = match?.[2] === '' ? 1 : Number(match?.[2]);
  if (!match || unit === undefined || count === 0) return null;
  return { calls: Number(match[1]), intervalMs: count * UNIT_MS[unit] };
}
