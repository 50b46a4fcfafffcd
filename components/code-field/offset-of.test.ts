import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offsetOf } from './offset-of.ts';

test('the offset of every place in a text leads back to that place', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[^\n]{0,9}$/), { minLength: 1 }),
      fc.nat(),
      fc.nat(),
      (lines, a, b) => {
        const line = (a % lines.length) + 1;
        const column = (b % ((lines[line - 1]?.length ?? 0) + 1)) + 1;
        const before = lines
          .join('\n')
          .slice(0, offsetOf(lines.join('\n'), line, column))
          .split('\n');
        expect([before.length, (before.at(-1)?.length ?? 0) + 1]).toEqual([line, column]);
      },
    ),
  );
});

test('a place outside the text is brought into it', () => {
  expect(offsetOf('ab\ncd', 9, 9)).toBe(5);
  expect(offsetOf('ab\ncd', 0, 0)).toBe(0);
  expect(offsetOf('ab\ncd', 1, 9)).toBe(2);
});
