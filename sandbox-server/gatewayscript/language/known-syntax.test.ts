import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSyntaxCheck } from './known-syntax.ts';
import { findSyntaxError } from './parse-script.ts';

const scripts = fc.constantFrom(
  'var a = 1;',
  'a?.b',
  'var = 2;',
  'return 1;',
  '',
  'class A { b = 1 }',
  'x'.repeat(90_000),
  'y'.repeat(90_000),
);

test('says of every script what the parser says, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(scripts, { maxLength: 40 }), (all) => {
      const check = createSyntaxCheck();
      for (const script of all) expect(check(script, 100_000)).toEqual(findSyntaxError(script, 100_000));
    }),
    { numRuns: 30 },
  );
});

test('an error that a caller changes is told unchanged the next time', () => {
  const check = createSyntaxCheck();
  const script = `var ${randomUUID()}`;
  const first = check(script, 1_000);
  const message = first?.message;
  if (first) first.message = 'changed';
  expect(check(script, 1_000)?.message).toBe(message);
});
