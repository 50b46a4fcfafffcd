// `require('sprintf')` fills formats: flags, width, precision, positions and names, with errors that say what does not fit.
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const filled = (...args: unknown[]) =>
  scripts.value(`var sprintf = require('sprintf').sprintf; return sprintf.apply(null, input)`, args);

test('numbers, padded and cut as asked', async () => {
  const number = randomInt(1, 100_000);
  expect(await filled('%d|%8d|%-8d|%08d|%+d', number, number, number, number, number)).toBe(
    `${number}|${`${number}`.padStart(8)}|${`${number}`.padEnd(8)}|${`${number}`.padStart(8, '0')}|+${number}`,
  );
  expect(await filled('%x %X %o %b %.3f %e', number, number, number, number, number / 7, number)).toBe(
    `${number.toString(16)} ${number.toString(16).toUpperCase()} ${number.toString(8)} ${number.toString(2)} ${(number / 7).toFixed(3)} ${number.toExponential()}`,
  );
});

test('texts, objects, positions and names', async () => {
  expect(await filled('%2$s before %1$s, 100%%', 'a', 'b')).toBe('b before a, 100%');
  expect(await filled('%(user.name)s is %(user.age)d', { user: { name: 'Ada', age: 36 } })).toBe('Ada is 36');
  expect(await filled('%j %5.1s|', { a: [1] }, 'xyz')).toBe('{"a":[1]}     x|');
});

test('vsprintf takes the values as a list', async () => {
  expect(await scripts.value(`return require('sprintf').vsprintf('%s-%s', input)`, ['a', 'b'])).toBe('a-b');
});

test('what does not fit is named', async () => {
  const error = (call: string) => scripts.error(`\n var s = require('sprintf'); ${call}`);
  expect(await error(`s.sprintf('%d', 'no number')`)).toMatchObject({
    name: 'TypeError',
    message: expect.stringContaining('expecting number'),
    line: 2,
  });
  expect(await error(`s.sprintf('%y', 1)`)).toMatchObject({ name: 'SyntaxError', line: 2 });
  expect(await error(`s.sprintf(7)`)).toMatchObject({
    message: 'sprintf.sprintf: the format is number; expected a string',
  });
  expect(await error(`s.vsprintf('%s', 'a')`)).toMatchObject({
    message: 'sprintf.vsprintf: the values are string; expected an array',
  });
});
