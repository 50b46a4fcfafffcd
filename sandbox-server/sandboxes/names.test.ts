import { expect, test } from 'vitest';
import { nameSandbox, RESERVED_NAMES, SANDBOX_NAME } from './names.ts';

test('a thousand sandboxes get a thousand names, each fit for a URL', () => {
  const names = new Set<string>();
  while (names.size < 1_000) {
    const name = nameSandbox((taken) => names.has(taken));
    expect(name).toMatch(SANDBOX_NAME);
    expect(names.has(name)).toBe(false);
    expect(RESERVED_NAMES.has(name)).toBe(false);
    names.add(name);
  }
});

test('when all pairs of words are taken, a number is added', () => {
  const name = nameSandbox((taken) => !/\d$/.test(taken));
  expect(name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
});
