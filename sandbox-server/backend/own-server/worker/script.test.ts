import { expect, test } from 'vitest';
import { readServerScript } from './script.ts';

/** What the function of the script gives, with a `require` that gives the module's name as every member. */
async function run(script: string): Promise<unknown> {
  const read = readServerScript(script, 10_000);
  if (read.error) throw new Error(read.error.message);
  const module = { exports: {} };
  const named = (name: string) => new Proxy({}, { get: (_target, member) => `${name}.${String(member)}` });
  // Indirect, so that the code sees no variable of this file.
  // biome-ignore lint/security/noGlobalEval: it is what QuickJS does with it.
  await globalThis.eval(read.code)(module.exports, named, module, 'f', 'd');
  return module.exports;
}

test.each([
  [`const { a } = require('ws'); exports.got = a;`, { got: 'ws.a' }],
  [`import { a, b as c } from 'ws'; module.exports = [a, c];`, ['ws.a', 'ws.b']],
  [`import all, { a } from "ws"; module.exports = [all.x, a];`, ['ws.x', 'ws.a']],
  [`import * as all from 'ws'; module.exports = [all.x];`, ['ws.x']],
  [`import { default as all } from 'ws'; module.exports = [all.x];`, ['ws.x']],
  [`import 'ws'; module.exports = [await Promise.resolve(1)];`, [1]],
  [`#!/usr/bin/env node\nmodule.exports = [1];`, [1]],
  ['undeclared = 1; module.exports = [undeclared]; delete globalThis.undeclared;', [1]],
  ['await 1;', {}],
  ['return;', {}],
])('%s', async (script, expected) => {
  expect(await run(script)).toEqual(expected);
});

test('lines stay where they are, whatever an import goes over', () => {
  const read = readServerScript(`import {\n  a,\n  b,\n} from 'ws';\nnull.x;`, 1_000);
  if (read.error) throw new Error('refused');
  expect(read.code.split('\n')[4]).toBe('null.x;');
});

test.each([
  ['let a = ;', 1, 9],
  ['\n\n  function (', 3, 12],
  [`import { a } from 'ws';\nlet b = ;`, 2, 9],
  [`import { a } from 'ws';\nexport default 1;`, 2, 1],
])('what is wrong is told at its place: %s', (script, line, column) => {
  expect(readServerScript(script, 1_000).error).toMatchObject({ name: 'SyntaxError', line, column });
});

test('a script of too many bytes is refused', () => {
  expect(readServerScript('ä'.repeat(51), 100).error?.message).toBe(
    'the script has 102 bytes; the limit is 100',
  );
});
