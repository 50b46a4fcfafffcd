// One line of the benchmark's table: what was measured, and whether it is what it should be.

/** `met` is `null` where nothing was promised. */
export function tell(
  what: string,
  value: number,
  unit: string,
  met: boolean | null = null,
  target = '',
): void {
  const verdict = met === null ? '' : `  ${target}: ${met ? 'met' : 'MISSED'}`;
  console.log(
    `${what.padEnd(62)} ${value.toFixed(value < 100 ? 2 : 0).padStart(8)} ${unit.padEnd(7)}${verdict}`,
  );
}
