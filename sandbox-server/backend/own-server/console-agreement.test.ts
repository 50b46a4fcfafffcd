// The console of a server and Node's own: the same calls in both, and the same lines.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONSOLE_LINE_CHARS } from './limits.ts';
import { nodeConsole } from './node-console.fixture.ts';
import { testPool, testServers } from './own-server.fixture.ts';

const word = () => randomBytes(4).toString('hex');

async function inLab(script: string): Promise<string[]> {
  const lab = testServers(
    testPool({ SERVER_CONSOLE_LINES_PER_SECOND: '10000', SERVER_EVENT_MS: '2000' }).pool,
  );
  await lab.deploy(
    `const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8091 });\n${script}\nconsole.error('over');`,
  );
  await lab.until(() => lab.lines().some((line) => line.endsWith('over')));
  return lab.lines().map((line) => line.replace(/^\w+ /, ''));
}

/** `read` sees a line before it is cut: how long Node's frames are depends on where this file lies. */
function inNode(script: string, read = (line: string) => line): string[] {
  const lines: string[] = [];
  const console = nodeConsole((text) => {
    const line = read(text);
    lines.push(line.length > CONSOLE_LINE_CHARS ? `${line.slice(0, CONSOLE_LINE_CHARS)}…` : line);
  });
  new Function('console', `${script}\nconsole.error('over');`)(console);
  return lines;
}

test('groups indent, counters count, and what they print is what Node prints', async () => {
  const [a, b] = [word(), word()];
  const script = `
    console.group('${a}', 1);
    console.log('two\\nlines', { b: 1 });
    console.groupCollapsed();
    console.warn('${b}');
    console.count(); console.count('${b}'); console.count();
    console.groupEnd(); console.groupEnd(); console.groupEnd();
    console.countReset(); console.count(); console.count('${b}');
    console.assert(true, '${a}'); console.assert(false, '%s', '${b}');
    console.log('%s of %d', '${a}', 3, 'more');`;
  expect(await inLab(script)).toEqual(inNode(script));
});

test('clocks tell times as Node does, and a label that is not there costs no server', async () => {
  const label = word();
  const script = `
    console.time('${label}'); console.timeLog('${label}', 'so far'); console.timeEnd('${label}');`;
  const time = (line: string) => line.replace(/\d+(\.\d{1,3})?ms/, '<ms>');
  expect((await inLab(script)).map(time)).toEqual(inNode(script).map(time));
  expect(await inLab(`console.timeEnd('${label}'); console.countReset('${label}');`)).toEqual([
    `Warning: No such label '${label}' for console.timeEnd()`,
    `Warning: Count for '${label}' does not exist`,
    'over',
  ]);
});

test('groups without end leave room for the text', async () => {
  const said = word();
  const [line = ''] = await inLab(
    `for (let i = 0; i < 5000; i += 1) console.group();\nconsole.log('${said}');`,
  );
  expect(line.trim()).toBe(said);
  expect(line.length).toBeLessThan(120);
});

/** Each on a line of its own, so that a difference names what it is of. */
const VALUES = `[
  new Map([['a', { b: 1 }], [{ k: 1 }, new Set([1, 'x'])]]), new Set(), new WeakMap(), new WeakSet(),
  new (class Point { constructor() { this.x = 1; this.y = [1, { a: { b: 1 } }]; } get z() { return this.x; } })(),
  class A { static s = 1 }, class extends Map {}, [function f() {}, () => {}, async () => {}, function* g() {}],
  Object.assign(function f() {}, { a: 1 }), (() => { const a = { n: 1 }; a.self = a; a.list = [a, { a }]; return a; })(),
  Buffer.from('hello'), Buffer.alloc(60), Buffer.alloc(51), { b: Buffer.from('b') }, new Uint16Array([1, 2]), new BigInt64Array(2), new Float32Array([0.5]),
  new ArrayBuffer(4), new DataView(new ArrayBuffer(2)), Symbol('s'), { [Symbol('k')]: 1, 'a-b': 2, 3: 4 }, 10n, [10n, -0, NaN, undefined, null, true],
  "it's", ["it's", 'a"b', 'x\\n', 'both \\' and "', '\u0007'], new Date(0), new Date(NaN), { d: new Date(5) }, /x/gi,
  Object.create(null), Object.create({ a: 1 }), Object.create(class Q {}.prototype), [, 1, , 2], Array(200).fill(7), Object.assign([1, 2], { more: 1 }),
  'x'.repeat(300).split(''), { a: { b: { c: { d: 1 } } } }, [[[[1]]]], { get a() { throw 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} },
  new (class Foo extends Map {})([[1, 2]]), new (class Bar extends Array {})(3), Object('boxed'), Object(1), Object(Symbol('b')), (function () { return arguments; })(1, 2),
  JSON, Math, new Promise(() => {}), { a: 'x'.repeat(100), b: 'y'.repeat(100) }, Array.from({ length: 30 }, (_, i) => 'item' + i), new URL('http://u:p@a.b:8/c?d=e#f'),
  { u: { v: { w: new URL('http://a.b') } } }, new URLSearchParams('a=1&b=2'), 'z'.repeat(20), { long: 'line\\n'.repeat(30) }, [1.5, -2, 1e21],
  { toString() { return 'mine'; } }, { [Symbol.toStringTag]: 'Tag' }, new (class Tagged { get [Symbol.toStringTag]() { return 'T'; } })(),
  { [Symbol.for('nodejs.util.inspect.custom')]: (depth, options, inspect) => 'custom ' + depth + inspect({ a: 1 }) }, globalThis.process === process,
]`;

test('values of every kind are printed as Node prints them', async () => {
  const script = `
    const values = ${VALUES};
    for (const value of values) { console.log(value); console.log([value]); console.log('%s', value); }
    console.log('%s|%d|%i|%f|%j|%O|%c|%%|%x', 's', '1', 1.5, '2.5', { a: 1 }, { a: { b: { c: {} } } }, 'css', 'rest', Symbol('q'));
    console.log('%d %i %s', 5n, 5n, -0); console.log(); console.log('%'); console.log('a', 'b', 3, [1], {});
    console.dir({ a: { b: { c: { d: {} } } } }, { depth: 0 }); console.dir('text');`;
  expect(await inLab(script)).toEqual(inNode(script));
});

test('any value of data is printed as Node prints it', async () => {
  const data = fc.jsonValue({ maxDepth: 4, stringUnit: fc.constantFrom('a', ' ', "'", '"', '\n', 'é', '`') });
  const script = fc
    .sample(data, 60)
    .map(
      (value) =>
        `console.log(${JSON.stringify(value)}); console.log(new Map([[1, ${JSON.stringify(value)}]]));`,
    )
    .join('\n');
  expect(await inLab(script)).toEqual(inNode(script));
});

test('errors are printed with their words and where in the script they were made', async () => {
  const script = `function made() { return new RangeError('bad', { cause: new TypeError('inner') }); }
    class Mine extends Error { constructor(message) { super(message); this.name = 'Mine'; this.code = 42; } }
    console.log(made()); console.log({ error: made() }); console.log('%s', new Error('in text'), 1);
    console.log(new Mine('own')); console.log(new AggregateError([new Error('one')], 'all'));
    for (const wrong of [() => null.x, () => { undefined.y = 1; }, () => nowhere, () => JSON.parse('{'), () => JSON.parse('hello')])
      try { wrong(); } catch (error) { console.log(error); console.log(error.message); }
    class Deep extends Mine { constructor(...args) { super(...args); Error.captureStackTrace(this, Deep); } }
    const deep = new Deep('deep'); console.log(deep.stack); console.log(deep.constructor === Deep, deep instanceof Mine, deep);
    console.log(made().stack); console.log(Error('called').stack, TypeError.name, new TypeError() instanceof Error);
    const frozen = Object.freeze(new Error('frozen')); console.log(frozen);
    const shown = new Error('x'); shown.stack = 'my own stack'; console.log(shown);
    console.log(Object.assign(new Error('without'), { stack: undefined }).message);`;
  /** Without the frames, whose lines are the file's here and V8's there. */
  const words = (line: string) => line.replace(/\n *(at |\.\.\. ).*/g, '').replace(/ *at .*/g, '');
  const lab = await inLab(script);
  expect(lab.map(words)).toEqual(inNode(script, words));
  expect(lab[0]).toMatch(
    /^RangeError: bad\n {4}at made \(\/websocket_server\.js:3:\d+\)\n {4}at \/websocket_server\.js:5:\d+ \{\n/,
  );
});

test('what the console shows is bounded, and calls no getter', async () => {
  const lines = await inLab(`
    let called = 0;
    const trap = { get a() { called += 1; return called; } };
    console.log(trap, [trap], new Map([[trap, trap]]));
    console.log('called', called);
    let deep = {}; for (let i = 0; i < 10000; i += 1) deep = { deep };
    console.log(deep);
    console.log(Array.from({ length: 1e4 }, () => 'x'.repeat(50)));
    console.log(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ['key' + i, i])));`);
  expect(lines.slice(0, 3)).toEqual([
    '{ a: [Getter] } [ { a: [Getter] } ] Map(1) { { a: [Getter] } => { a: [Getter] } }',
    'called 0',
    '{ deep: { deep: { deep: [Object] } } }',
  ]);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(CONSOLE_LINE_CHARS + 1);
});
