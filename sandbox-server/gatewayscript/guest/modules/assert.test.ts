// `require('assert')` judges and words as Node 8.9.4's module does: its recorded answers for every pair of kinds, and fresh random data.
import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const failure = async (call: string) => {
  const { name, message } = await scripts.error(`var assert = require('assert');\n assert${call}`);
  return { name, message };
};
const claimed = (message: string) => ({ name: 'AssertionError [ERR_ASSERTION]', message });

describe('deep equality', () => {
  const row = z.object({ value: z.string(), loose: z.string(), strict: z.string() });
  const recorded = z
    .array(row)
    .parse(JSON.parse(readFileSync(new URL('./assert/deep-equal.node-8.json', import.meta.url), 'utf8')));

  test(`${recorded.length}² pairs are judged as Node 8.9.4 judged them`, async () => {
    const script = `var assert = require('assert');
      var left = [${recorded.map(({ value }) => `(${value})`).join(',\n')}]; var right = [${recorded.map(({ value }) => `(${value})`).join(',\n')}];
      function holds(claim, a, b) { try { claim(a, b); return '1' } catch (error) { return '0' } }
      return left.map(function (a) { return ['deepEqual', 'deepStrictEqual'].map(function (name) {
        return right.map(function (b) { return holds(assert[name], a, b) }).join('') }) })`;
    expect(await scripts.value(script)).toEqual(recorded.map(({ loose, strict }) => [loose, strict]));
  });

  test('random data is alike exactly where Node finds it so', async () => {
    const small = fc.jsonValue({ maxDepth: 2 });
    const pairs = fc.sample(
      fc.oneof(
        small.map((value) => [value, structuredClone(value)]),
        fc.tuple(small, small),
      ),
      300,
    );
    const judged = (claim: () => void) => {
      try {
        claim();
        return true;
      } catch {
        return false;
      }
    };
    const plain: unknown[][] = JSON.parse(JSON.stringify(pairs));
    const script = `var assert = require('assert'); return input.map(function (pair) { try { assert.deepStrictEqual(pair[0], pair[1]); return true } catch (error) { return false } })`;
    expect(await scripts.value(script, plain)).toEqual(
      plain.map(([a, b]) => judged(() => deepStrictEqual(a, b))),
    );
  });
});

test('a claim that fails says what was and what should be', async () => {
  expect(await failure(`(0)`)).toEqual(claimed('0 == true'));
  expect(await failure(`.equal({ a: 1 }, [2])`)).toEqual(claimed('{ a: 1 } == [ 2 ]'));
  expect(await failure(`.strictEqual(1, '1')`)).toEqual(claimed("1 === '1'"));
  expect(await failure(`.deepStrictEqual({ a: [1] }, { a: ['1'] })`)).toEqual(
    claimed("{ a: [ 1 ] } deepStrictEqual { a: [ '1' ] }"),
  );
  expect(await failure(`.notDeepEqual([1], [true])`)).toEqual(claimed('[ 1 ] notDeepEqual [ true ]'));
  expect(await failure(`.equal(new Error('a'), 1)`)).toEqual(claimed("'Error: a' == 1"));
  expect(await failure(`.ok(false, 'my own words')`)).toEqual(claimed('my own words'));
  expect(await failure(`.fail(1, 2, undefined, 'before')`)).toEqual(claimed('1 before 2'));
});

test('the error carries both values, and ends the script at its line', async () => {
  const script = `var assert = require('assert');
    try { assert.notEqual(1, 1) } catch (e) { return [e instanceof assert.AssertionError, e.code, e.actual, e.expected, e.operator, e.generatedMessage] }`;
  expect(await scripts.value(script)).toEqual([true, 'ERR_ASSERTION', 1, 1, '!=', true]);
  const { outcome, error } = await scripts.run(`var assert = require('assert');\n\n assert.equal('a', 'b');`);
  expect({ outcome, error }).toMatchObject({ outcome: 'threw', error: { message: "'a' == 'b'", line: 3 } });
});

test('what should throw, and what should not', async () => {
  const works = `var assert = require('assert'); var fails = function () { throw new TypeError('bad value') };
    assert.throws(fails); assert.throws(fails, /bad/); assert.throws(fails, TypeError); assert.throws(fails, function (error) { return error.message === 'bad value' });
    assert.doesNotThrow(function () {}); assert.ifError(null); return 'all hold'`;
  expect(await scripts.value(works)).toBe('all hold');
  expect(await failure(`.throws(function () {}, RangeError, 'please')`)).toEqual(
    claimed('Missing expected exception (RangeError): please'),
  );
  expect(await failure(`.doesNotThrow(function () { throw new Error('a') })`)).toEqual(
    claimed('Got unwanted exception.'),
  );
  expect(await failure(`.throws(function () { throw new Error('a') }, /b/)`)).toEqual({
    name: 'Error',
    message: 'a',
  });
  expect(await failure(`.ifError(new RangeError('told'))`)).toEqual({ name: 'RangeError', message: 'told' });
  expect(await failure(`.throws('a')`)).toEqual({
    name: 'TypeError [ERR_INVALID_ARG_TYPE]',
    message: 'The "block" argument must be of type function. Received type string',
  });
});
