// One number of the audit: what was measured, and whether it is what was promised.

export interface Measured {
  what: string;
  value: number;
  /** How it is written behind the value; empty for scores. */
  unit: string;
  wanted: string;
  met: boolean;
}

/** `value` has to be `least` or more. No number (a page that was not measured) is a miss. */
export function atLeast(what: string, value: number, least: number, unit = ''): Measured {
  return { what, value, unit, wanted: `≥ ${least}`, met: value >= least };
}

export function atMost(what: string, value: number, most: number, unit = ''): Measured {
  return { what, value, unit, wanted: `≤ ${most}`, met: value <= most };
}

/** A line of the table. */
export function told({ what, value, unit, wanted, met }: Measured): string {
  const number = Number.isInteger(value) ? String(value) : value.toPrecision(3);
  return `  ${what.padEnd(52)} ${`${number} ${unit}`.trim().padStart(9)}  ${wanted.padEnd(8)} ${met ? 'met' : 'MISSED'}`;
}
