import { expect, test } from 'vitest';
import { hexColor } from './hex-color.ts';

test('a colour that a minifier has shortened is told in full', () => {
  expect(hexColor('#fff')).toBe('#ffffff');
  expect(hexColor(' #1aB ')).toBe('#11aaBB');
  expect(hexColor('#1a2b3c')).toBe('#1a2b3c');
});

test('what Monaco cannot take is left out', () => {
  for (const other of ['', 'white', 'rgb(1 2 3)', '#12345']) expect(hexColor(other)).toBeNull();
});
