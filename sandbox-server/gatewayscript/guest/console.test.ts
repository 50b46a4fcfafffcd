// What a script writes to its console comes out with level, line and the gateway's own formatting.
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createEngine } from '../engine.ts';
import { sampleJob } from '../sample-job.ts';

const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '2000', SCRIPT_WALL_MS: '20000' }),
);
afterAll(() => engine.close());

async function written(script: string) {
  const { console, error } = await engine.run(sampleJob(script));
  expect(error).toBeNull();
  return console;
}
const text = async (args: string) =>
  (await written(`console.log(${args})`)).map((entry) => entry.text).join('|');

test('all ten levels, each with its line, also through a logger of options()', async () => {
  const levels = ['debug', 'trace', 'info', 'log', 'notice', 'warn', 'error', 'critical', 'alert', 'emerg'];
  const id = randomUUID();
  const script = levels.map((level) => `console.${level}('${id}');`).join('\n');
  expect(await written(script)).toEqual(levels.map((level, i) => ({ level, text: id, line: i + 1 })));
  expect(
    await written(
      `const log = console.options({category: 'mpgw'});\n\nlog.alert('x'); log.options({}).warn('y')`,
    ),
  ).toEqual([
    { level: 'alert', text: 'x', line: 3 },
    { level: 'warn', text: 'y', line: 3 },
  ]);
});

test('the line is that of the call, within functions and callbacks too', async () => {
  const script = `function f() {\n  console.log('in');\n}\nf();\nsetTimeout(() =>\n  console.log('late'), 1);\n[1].forEach(() => {\n  console.log('each'); });`;
  expect((await written(script)).map((entry) => [entry.text, entry.line])).toEqual([
    ['in', 2],
    ['each', 8],
    ['late', 6],
  ]);
});

describe('formats', () => {
  test.each([
    [`'%s is %d', 'a', 7`, 'a is 7'],
    [`'%2$s %1$s', 'a', 'b'`, 'b a'],
    [`'%0$s', 'a'`, "%0$s 'a'"],
    [`'%i %f %x %X %c %%', 7.9, 1.5, 255, 255, 65`, '7 1.5 ff FF A %'],
    [`'%j %o', {a: [1]}, {b: 'x'}`, `{"a":[1]} { b: 'x' }`],
    [`'%5d|%-5s|%05d|%.2f|%+d', 42, 'ab', 42, 3.14159, 5`, '   42|ab   |00042|3.14|+5'],
    [`'%s'`, '%s'],
    [`'%s %s', 'a'`, 'a %s'],
    [`'%s', 'a', 'b', 3`, `a 'b' 3`],
    [`'no format', 'quoted', 3, null, undefined, true`, `no format 'quoted' 3 null undefined true`],
    [`{a: 1}, 'x'`, `{ a: 1 } 'x'`],
    [`'100%'`, '100%'],
    [`'%q', 1`, '%q 1'],
    [``, ''],
    [`'%j', (() => { const o = {}; o.o = o; return o; })()`, '[Circular]'],
    [`'%d', 'x'`, 'NaN'],
    [`'%s', Symbol('q')`, 'Symbol(q)'],
  ])('%s', async (args, expected) => {
    expect(await text(args)).toBe(expected);
  });
});

describe('values are shown as Node 8 shows them:', () => {
  test.each([
    [`[1, 'a', [2, [3, [4, [5]]]]]`, `[ 1, 'a', [ 2, [ 3, [Array] ] ] ]`],
    [`{a: {b: {c: {d: 1}}}}`, '{ a: { b: { c: [Object] } } }'],
    [`{'a-b': 1, c: 'it\\'s\\n'}`, `{ 'a-b': 1, c: 'it\\'s\\n' }`],
    ['[]', '[]'],
    ['{}', '{}'],
    ['-0', '-0'],
    ['function f() {}', '[Function: f]'],
    ['() => 1', '[Function]'],
    ['new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['new Date(NaN)', 'Invalid Date'],
    ['/a/g', '/a/g'],
    [`new TypeError('m')`, 'TypeError: m'],
    [`Buffer.from('hé')`, '<Buffer 68 c3 a9>'],
    ['Buffer.alloc(60)', `<Buffer${' 00'.repeat(50)} ... >`],
    [`new Map([[1, {a: 2}]])`, 'Map { 1 => { a: 2 } }'],
    [`new Set(['a'])`, `Set { 'a' }`],
    ['new (class Foo { constructor() { this.a = 1; } })()', 'Foo { a: 1 }'],
    ['Object.create(null)', '{}'],
    [
      '{get a() { throw 1; }, set b(x) {}, get c() { return 1; }, set c(x) {}}',
      '{ a: [Getter], b: [Setter], c: [Getter/Setter] }',
    ],
    ['(() => { const o = {a: 1}; o.me = o; return o; })()', '{ a: 1, me: [Circular] }'],
    [`Symbol('s')`, 'Symbol(s)'],
    [`'text'`, 'text'],
    [`null, 'text'`, `null 'text'`],
  ])('%s', async (value, expected) => {
    expect(await text(value)).toBe(expected);
  });

  test('long ones over several lines, and long lists to a hundred', async () => {
    expect(await text(`{first: 'x'.repeat(30), second: 'y'.repeat(30)}`)).toBe(
      `{ first: '${'x'.repeat(30)}',\n  second: '${'y'.repeat(30)}' }`,
    );
    expect(await text('new Array(150).fill(1)')).toContain('... 50 more items');
  });
});
