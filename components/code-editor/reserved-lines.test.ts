import { expect, test } from 'vitest';
import { reservedLines } from './reserved-lines.ts';

const text = (lines: number) => Array.from({ length: lines }, (_, index) => `line ${index}`).join('\n');

test('start and solution both fit, with a line to spare', () => {
  expect(reservedLines(`${text(7)}\n`)).toBe(8);
  expect(reservedLines(text(7), `${text(12)}\n\n`)).toBe(13);
});

test('the height has bounds', () => {
  expect(reservedLines('x')).toBe(5);
  expect(reservedLines(text(500))).toBe(31);
});
