import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapped } from './wrapped.ts';

test('a line is broken between words, and only where it must be', () => {
  expect(wrapped('lab: one two  three', 12)).toEqual(['lab: one two', 'three']);
  expect(wrapped('  help    this list', 80)).toEqual(['  help    this list']);
  expect(wrapped('a wss://localhost:9443/maple-heron b', 10)).toEqual([
    'a',
    'wss://localhost:9443/maple-heron',
    'b',
  ]);
});

test('no word is lost, and no line of several words is too long', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,15}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 40 }), (all, columns) => {
      const lines = wrapped(all.join(' '), columns);
      expect(lines.join(' ')).toBe(all.join(' '));
      for (const line of lines) if (line.includes(' ')) expect(line.length).toBeLessThanOrEqual(columns);
    }),
  );
});
