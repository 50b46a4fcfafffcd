import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { isShallow } from './json-value.ts';

const nested = (depth: number, around: (inner: unknown) => unknown) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = around(value);
  return value;
};

test('lists and objects may be nested as deep as said, and no deeper', () => {
  const max = randomInt(1, 200);
  for (const around of [(inner: unknown) => [0, inner], (inner: unknown) => ({ a: null, b: inner })]) {
    expect(isShallow(nested(max, around), max)).toBe(true);
    expect(isShallow(nested(max + 1, around), max)).toBe(false);
  }
});

test('depth costs no stack, and width is no depth', () => {
  expect(isShallow(nested(200_000, (inner) => [inner]))).toBe(false);
  expect(
    isShallow(
      Array.from({ length: 100_000 }, () => [{}]),
      2,
    ),
  ).toBe(true);
});
