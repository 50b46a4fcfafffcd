import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { listNames } from './list-names.ts';

it('a few names are all told, none is said, many and long ones are cut', () => {
  const names = Array.from({ length: 12 }, () => randomUUID());
  expect(listNames(names.slice(0, 3))).toBe(names.slice(0, 3).join(', '));
  expect(listNames([])).toBe('none');
  expect(listNames(names)).toBe(`${names.slice(0, 10).join(', ')}, …`);
  expect(listNames(['x'.repeat(1_000)])).toHaveLength(61);
});
