import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transcript } from './transcript.ts';

/** A buffer as xterm keeps it: lines broken at so many columns, and empty rows below. */
function bufferOf(lines: readonly string[], columns: number, empty: number) {
  const rows = lines.flatMap((line) => {
    const pieces = line.match(new RegExp(`.{1,${columns}}`, 'gs')) ?? [''];
    return pieces.map((piece, at) => ({ piece: piece.padEnd(columns), isWrapped: at > 0 }));
  });
  for (let row = 0; row < empty; row += 1) rows.push({ piece: ' '.repeat(columns), isWrapped: false });
  const all = rows.map(({ piece, isWrapped }) => ({
    isWrapped,
    length: columns,
    getCell: () => undefined,
    translateToString: (trimRight = false) => (trimRight ? piece.trimEnd() : piece),
  }));
  return { length: all.length, getLine: (row: number) => all[row] };
}

const printed = fc.array(fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/), { minLength: 1, maxLength: 60 });

test('what was printed comes back line by line, however narrow the screen was', () => {
  fc.assert(
    fc.property(printed, fc.integer({ min: 1, max: 30 }), fc.nat(20), (lines, columns, empty) => {
      expect(transcript(bufferOf(lines, columns, empty))).toBe(lines.join('\n'));
    }),
  );
});

test('of more than fits the last lines come, and the first one tells how many are left out', () => {
  fc.assert(
    fc.property(printed, fc.integer({ min: 1, max: 30 }), (lines, most) => {
      fc.pre(lines.length > most);
      const [told, ...rest] = transcript(bufferOf(lines, 20, 3), most).split('\n');
      expect(rest).toEqual(lines.slice(-most));
      expect(told).toContain(`(${lines.length - most} older line`);
    }),
  );
});
