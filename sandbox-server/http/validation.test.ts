import { expect, test } from 'vitest';
import { z } from 'zod';
import { invalid, place } from './validation.ts';

test.each([
  [['script'], 'script'],
  [['request', 'headers', 'X-A', 0], 'request.headers["X-A"][0]'],
  [['request', 'headers', 'a"b'], 'request.headers["a\\"b"]'],
  [[3, 'x'], '[3].x'],
])('%j is told as %s', (path, told) => {
  expect(place(path)).toBe(told);
});

test('the first thing wrong is told with its place, as a 400', () => {
  const { error } = z.strictObject({ a: z.object({ b: z.number() }) }).safeParse({ a: { b: 'x' } });
  const problem = invalid(error ?? expect.unreachable());
  expect(problem.status).toBe(400);
  expect(problem.message).toMatch(/^a\.b: .*number/);
});
