// For the tests: a script of random pieces that allocate, throw, wait, compile and keep, so that memory is used in ways nobody thought of.
import { randomInt } from 'node:crypto';

const pick = <T>(list: readonly [T, ...T[]]): T => list[randomInt(list.length)] ?? list[0];
/** Small ones as often as large ones. */
const size = () => Math.floor(2 ** (Math.random() * 11));
const text = () =>
  JSON.stringify(String.fromCharCode(...Array.from({ length: randomInt(40) }, () => randomInt(1, 0xffff))));

const value = (): string =>
  pick<() => string>([
    () => 'i',
    () => '{ i, j: [i] }',
    () => 'String(i)',
    () => `i / ${randomInt(1, 9)}`,
    () => '() => i',
    () => `new Uint8Array(i % ${randomInt(1, 300)})`,
    () => `Buffer.from(${text()})`,
    () => `Symbol(${text()})`,
    () => '/a+b/gi',
    () => 'new Map([[i, {}]])',
    () => 'new Error(i)',
    () => 'Promise.resolve(i)',
  ])();

const PIECES: readonly [() => string, ...(() => string)[]] = [
  () => `for (let i = 0; i < ${size()}; i++) kept.push(${value()}); kept.reverse();`,
  () =>
    `let s = ${text()}; for (let i = 0; i < ${randomInt(14)}; i++) s += s; kept.push(s.split('').join('-').toUpperCase());`,
  () =>
    `const bytes = new Uint8Array(${size()}).fill(${randomInt(256)}); bytes.copyWithin(1, 0); kept.push(bytes);`,
  () =>
    `const o = {}; for (let i = 0; i < ${size()}; i++) o['k' + i] = ${value()}; JSON.stringify(o); Object.freeze(o);`,
  () =>
    `function* g() { try { for (let i = 0; ; i++) yield ${value()}; } finally { kept.push(1); } } const it = g(); it.next(); ${pick(['it.return()', 'kept.push(it)'])};`,
  () =>
    `(async () => { for (let i = 0; i < ${randomInt(90)}; i++) await ${value()}; ${pick(['', 'throw 1'])} })();`,
  () =>
    `Promise.${pick(['resolve', 'reject'])}(${text()}).${pick(['then', 'catch'])}((i) => kept.push(${value()}));`,
  () =>
    `${pick(['setTimeout', 'setImmediate'])}(() => { ${pick(['throw new Error(1)', 'kept.push({})'])} });`,
  () =>
    `try { ${pick(['null.x', '(function f() { f(); })()', 'new ArrayBuffer(2 ** 31 - 1)', 'JSON.parse("[1,")', 'new RegExp("(")', '"x".repeat(2 ** 30)'])} } catch (e) { kept.push(e); }`,
  () =>
    `const m = require('${pick(['crypto', 'url', 'util', 'assert', 'jose', 'jwt', 'querystring', 'punycode', 'sprintf'])}'); try { m.leak = kept; } catch (e) { kept.push(e.message); }`,
  () =>
    `Function('i', 'this.leak = ${value().replaceAll("'", '"')}').call({}, 1); (0, eval)('var y${randomInt(9)} = {}');`,
  () =>
    `try { context.set('${pick(['a.b', 'message.body', 'message.headers.X'])}', ${text()}); } catch (e) { console.log(e); }`,
  () =>
    `${text()}.replace(/(.)(?=(.))/g, (all, i) => ${value()} + all); kept.push(XML.parse('<a>${'<b>c</b>'.repeat(randomInt(9))}</a>'));`,
  () =>
    `const w = new WeakMap(); for (let i = 0; i < ${randomInt(500)}; i++) w.set({ i }, ${value()}); kept.push(w, Symbol.for(${text()}));`,
  () => 'kept.length = 0;',
  () => pick(['throw kept;', 'for (;;) kept.push([]);', 'return;', 'not a script']),
];

export function randomScript(): string {
  const pieces = Array.from({ length: randomInt(1, 9) }, () => pick(PIECES)());
  return ['const kept = [];', ...pieces.map((piece) => `{ ${piece} }`)].join('\n');
}
