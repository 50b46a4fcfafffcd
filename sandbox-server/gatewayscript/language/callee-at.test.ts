import { describe, expect, test } from 'vitest';
import { calleeAt } from './callee-at.ts';
import { placeOf } from './place.ts';

const blank = () => '\n'.repeat(Math.floor(Math.random() * 5));

/** What is named where the script has `@(`, the place that QuickJS tells. */
function named(script: string) {
  const at = script.indexOf('@(');
  const text = script.replace('@(', '(');
  return calleeAt(text, placeOf(text, at));
}

describe('the name of what was called', () => {
  test.each([
    ['context.foo@(1)', 'context.foo'],
    ["context['foo bar'] @()", "context['foo bar']"],
    ['var f; (f)@()', 'f'],
    ['first(second, context.message.third@(fourth()))', 'context.message.third'],
    ["context\n  .get('a')\n  .foo@()", "context.get('a').foo"],
    ["require('crypto').foo@()", "require('crypto').foo"],
  ])('%s', (script, name) => {
    expect(named(`${blank()}other();${blank()}${script}`)).toBe(name);
  });

  test('is not told where there is none, where a parenthesis is no call, or where it is long', () => {
    expect(named('(function () {})()@()')).toBeNull();
    expect(named('new Order@()')).toBeNull();
    expect(named('if @(true) f()')).toBeNull();
    expect(named(`${'a.'.repeat(60)}b@()`)).toBeNull();
    expect(calleeAt('f()', { line: 9, column: 9 })).toBeNull();
  });
});
