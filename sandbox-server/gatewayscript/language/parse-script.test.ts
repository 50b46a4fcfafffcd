// What the gateway's language has passes, and what is newer is refused by its name and place.
import { describe, expect, test } from 'vitest';
import { findSyntaxError } from './parse-script.ts';

const check = (script: string) => findSyntaxError(script, 65_536);

test.each([
  'return 1;',
  'async function f() { await g(); } class A extends B { static m() {} get x() { return super.x; } }',
  'const {a, ...rest} = {...o, [k]: 1}; const [b = 2, ...c] = d; f(...c, `x`);',
  'for (const [k, v] of Object.entries(o)) continue; x **= 2; function* g() { yield* [1]; }',
  'try { f() } catch (e) {} finally {}',
  'function F() { return new.target; }',
  '/(a)\\1[^b]/giuy.test(s); label: for (;;) break label; tag`raw`;',
  'var await = 1, async = 2, of = 3, get = 4;',
  'let x = a ? .5 : b; x = y?.1:0;',
  '',
  '// only a comment',
])('ES2017 with object rest and spread: %s', (script) => {
  expect(check(script)).toBeNull();
});

describe('newer syntax is named:', () => {
  test.each([
    ['a\n  ?.b', 'optional chaining `?.`', 'ES2020', 1, 1],
    ['x = 1;\nlet y = a ?? b;', 'nullish coalescing `??`', 'ES2020', 2, 9],
    ['a ||= 1', 'logical assignment `||=`', 'ES2021', 1, 1],
    ['a ??= 1', 'logical assignment `??=`', 'ES2021', 1, 1],
    ['try {} catch {}', '`catch` without a binding', 'ES2019', 1, 8],
    ['x = 10n', 'a BigInt', 'ES2020', 1, 5],
    ['x = 1_000', 'a numeric separator `_`', 'ES2021', 1, 5],
    ['class A {\n  x = 1;\n}', 'a class field', 'ES2022', 2, 3],
    ['class A { #x() {} }', 'a private class member', 'ES2022', 1, 11],
    ['class A { static { f(); } }', 'a static block', 'ES2022', 1, 11],
    ['#!/usr/bin/env node\nx = 1', 'a `#!` line', 'ES2023', 1, 1],
    ['{ using x = f(); }', '`using`', 'ES2026', 1, 3],
    ['import("x")', 'dynamic `import()`', 'ES2020', 1, 1],
    ['import fs from "fs";', '`import` (use `require`)', 'ES modules', 1, 1],
    ['export default 1;', '`export` (use `module.exports`)', 'ES modules', 1, 1],
    ['x = import.meta', '`import.meta`', 'ES modules', 1, 5],
    ['f();\nawait g();', 'top-level `await`', 'ES2022', 2, 1],
    ['async () => { for await (const x of y); }', '`for await`', 'ES2018', 1, 15],
    ['async function* f() {}', 'an async generator', 'ES2018', 1, 1],
    ['x = /a/s', 'this regular expression', 'ES2018', 1, 5],
    ['x = /(?<n>a)/', 'this regular expression', 'ES2018', 1, 5],
    ['x = /(?<=a)b/', 'this regular expression', 'ES2018', 1, 5],
    ['x = /a/v', 'this regular expression', 'a newer edition', 1, 5],
  ])('%s', (script, feature, level, line, column) => {
    const message = `${feature} needs ${level}; the gateway has Node 8's language`;
    expect(check(script)).toEqual({ name: 'SyntaxError', message, line, column });
  });
});

describe('what is wrong at every level has its place:', () => {
  test.each([
    ['let x = ;', 'Unexpected token', 1, 9],
    ['\n\n  foo(', 'Unexpected token', 3, 7],
    ["x = 'abc", 'Unterminated string constant', 1, 5],
    ['with (a) {}', "'with' in strict mode", 1, 1],
    ['x = 017', 'Invalid number', 1, 5],
    ['let a;\r\nlet a;', "Identifier 'a' has already been declared", 2, 5],
    ['});(function () {', 'Unexpected token', 1, 1],
    ['} f(); {', 'Unexpected token', 1, 1],
    ['delete x', 'Deleting local variable in strict mode', 1, 1],
  ])('%s', (script, message, line, column) => {
    expect(check(script)).toEqual({ name: 'SyntaxError', message, line, column });
  });
});

test('a script over the limit is refused by its bytes, not its characters', () => {
  expect(findSyntaxError('é'.repeat(11), 20)).toMatchObject({
    message: 'the script has 22 bytes; the limit is 20',
    line: null,
  });
});
