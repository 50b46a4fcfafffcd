import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { placeAfter } from './list-keys.ts';

test('keys walk a list and stay in it', () => {
  const count = randomInt(20, 10_000);
  const at = randomInt(1, count - 1);
  expect(placeAfter('ArrowDown', at, count, 5)).toBe(at + 1);
  expect(placeAfter('ArrowUp', at, count, 5)).toBe(at - 1);
  expect(placeAfter('ArrowUp', 0, count, 5)).toBe(0);
  expect(placeAfter('ArrowDown', count - 1, count, 5)).toBe(count - 1);
  expect(placeAfter('Home', at, count, 5)).toBe(0);
  expect(placeAfter('End', at, count, 5)).toBe(count - 1);
  expect(placeAfter('PageDown', 0, count, 10)).toBe(10);
  expect(placeAfter('PageUp', 3, count, 10)).toBe(0);
});

test('without a place yet, down begins at the top and up at the end', () => {
  expect(placeAfter('ArrowDown', -1, 7, 5)).toBe(0);
  expect(placeAfter('ArrowUp', -1, 7, 5)).toBe(6);
});

test('other keys, and an empty list, are nobody’s', () => {
  for (const key of ['a', 'Enter', 'Tab', 'constructor']) expect(placeAfter(key, 0, 5, 2)).toBeNull();
  expect(placeAfter('ArrowDown', -1, 0, 2)).toBeNull();
});
