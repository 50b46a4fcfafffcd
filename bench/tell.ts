// One line of the benchmark: what was measured, and whether it is what it should be; `null` where nothing was promised.

export type Tell = (what: string, value: number, unit: string, met?: boolean | null, target?: string) => void;

export const tell: Tell = (what, value, unit, met = null, target = '') => {
  const verdict = met === null ? '' : `  ${target}: ${met ? 'met' : 'MISSED'}`;
  console.log(
    `${what.padEnd(62)} ${value.toFixed(value < 100 ? 2 : 0).padStart(8)} ${unit.padEnd(7)}${verdict}`,
  );
};
