import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { traceValue } from './trace-value.ts';

const name: string = randomUUID();
const entry = (operation: 'get' | 'set' | 'clear', value: unknown, of = name) => ({
  operation,
  name: of,
  value,
  line: 1,
});
const last = (...trace: ReturnType<typeof entry>[]) => traceValue(trace, trace.length - 1);

test('a variable that was never set reads as undefined, as in the script', () => {
  expect(last(entry('get', null))).toBe('undefined');
  expect(last(entry('set', null, 'other'), entry('get', null))).toBe('undefined');
  expect(last(entry('set', name), entry('clear', null), entry('get', null))).toBe('undefined');
});

test('null that the script has written stays null, and other values are JSON', () => {
  expect(last(entry('set', null))).toBe('null');
  expect(last(entry('set', null), entry('get', null))).toBe('null');
  expect(last(entry('get', { a: name }))).toBe(JSON.stringify({ a: name }));
  expect(last(entry('clear', null))).toBe('');
});
