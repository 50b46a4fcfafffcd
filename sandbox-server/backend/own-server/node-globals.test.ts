// What Node's scripts find around them and in its modules, in the lab and in Node: the same calls, and the same is told.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { testPool, testServers } from './own-server.fixture.ts';
import { type Talk, testInBoth } from './two-worlds.fixture.ts';

const said = randomBytes(12).toString('base64');

const scripts: Record<string, string> = {
  'bytes in base64url': `console.log(Buffer.from('${said}').toString('base64url'), Buffer.from('-_8A', 'base64url'), Buffer.isEncoding('BASE64URL'));
    console.log(require('crypto').createHash('sha256').update('${said}').digest('base64url'));
    console.log(require('crypto').createHmac('sha256', 'k').update('${said}').digest('base64url'), atob(btoa('${said}')));`,
  'what a Buffer is made from': `const values = [new Date(NaN), {}, true, 10n, Symbol('x'), () => 1, function named() {}, { length: 2, 0: 7 }, new String('boxed'),
      new Map(), { type: 'Buffer', data: [1, 2] }, [1, 'a', 300], null, undefined, 5, Object.create(null), class A {}, { [Symbol.toPrimitive]: () => 'p' },
      new Uint16Array([258, 1]), new ArrayBuffer(2), new Boolean(true), /r/, { valueOf: () => 'vo' }, { length: 'x' }, 'a long text of which'.repeat(3)];
    for (const value of values) try { console.log(Buffer.from(value)); } catch (error) { console.log(error.name, error.code, error.message); }`,
  'copies of values': `const value = { a: [1, new Date(0)], m: new Map([[1, new Set([2])]]), r: /x/g, u: new Uint8Array([1]), n: 10n, w: undefined };
    value.self = value;
    const copy = structuredClone(value);
    console.log(copy, copy !== value, copy.self === copy, copy.m !== value.m);`,
  clocks: `console.log(typeof performance.now(), performance.timeOrigin > 1e12, performance.now() <= performance.now(), require('perf_hooks').performance.now() > 0);
    const before = process.hrtime(); const [seconds, nanoseconds] = process.hrtime(before);
    console.log(before.length, seconds, nanoseconds >= 0, process.hrtime.bigint() <= process.hrtime.bigint(), process.uptime() > 0);`,
  'JSON that is none': `for (const text of ['hello', '{', '{"a":}', '', 'undefined', '[1,', '{"a":1}}', "{'a':1}", '"abc', '[1,]', '\\u00e9', 'nul'])
      try { JSON.parse(text); } catch (error) { console.log(error.name, error.message, error instanceof SyntaxError); }
    try { JSON.parse('{"a":1}', () => { throw new SyntaxError('mine'); }); } catch (error) { console.log(error.message); }
    try { JSON.parse(undefined); } catch (error) { console.log(error.message); }
    console.log(JSON.parse('{"a":[1,2]}', (key, value) => (typeof value === 'number' ? value + 1 : value)), JSON.parse(Buffer.from('[1]')), JSON.parse.name, JSON.parse.length);`,
  'dates and numbers in a language': `const date = new Date(Date.UTC(2024, 4, 6, 15, 7, 9)); const timeZone = 'UTC';
    console.log(date.toLocaleString('en-US', { timeZone }), date.toLocaleDateString('en-US', { timeZone }), date.toLocaleTimeString('en-US', { timeZone }));
    console.log(date.toLocaleTimeString('de-DE', { hour: '2-digit', minute: '2-digit', timeZone }), date.toLocaleDateString(['fr'], { weekday: 'long', month: 'short', timeZone }));
    console.log(date.toLocaleString('en-US', { timeZone: 'America/New_York' }), new Date(NaN).toLocaleString('en'), (1234567.891).toLocaleString('en-US'));
    console.log((0.5).toLocaleString('en', { style: 'percent' }), Infinity.toLocaleString(), (-Infinity).toLocaleString(), NaN.toLocaleString());
    for (const wrong of [() => date.toLocaleString('x_y'), () => date.toLocaleString('en', { timeZone: 'Nowhere' }), () => (5).toLocaleString('en', { style: 'currency' })])
      try { wrong(); } catch (error) { console.log(error.name, error.message); }`,
  'callbacks and promises later': `const sleep = require('util').promisify(setTimeout); const { setTimeout: wait } = require('timers/promises');
    const { on, once, EventEmitter } = require('node:events'); const emitter = new EventEmitter();
    queueMicrotask(() => console.log('micro'));
    setTimeout(async () => {
      console.log(await sleep(1, 'slept'), await wait(1, 'waited'));
      setTimeout(() => { emitter.emit('x', 1, 2); emitter.emit('x', 3); setTimeout(() => emitter.emit('y', 'once'), 1); }, 1);
      const y = once(emitter, 'y');
      for await (const args of on(emitter, 'x')) { console.log(args); if (args[0] === 3) break; }
      console.log(await y);
      console.log(emitter.listenerCount('x'), emitter.listenerCount('error'));
      try { const all = on(emitter, 'z'); emitter.emit('error', new Error('mine')); for await (const each of all) console.log(each); } catch (error) { console.log(error.message); }
      console.log('over');
    }, 1);`,
  'by another way': `console.log(typeof require('timers').setInterval, crypto.randomUUID().length, crypto.getRandomValues(new Uint16Array(3)).length);
    console.log(require('util').inspect({ a: { b: { c: {} } } }, { depth: 0 }), require('util').format('%s %d', 'a', 1), new TextDecoder().decode(new TextEncoder().encode('ä')));
    console.log(require('http').STATUS_CODES[418]);`,
};

/** Until the script has said all it has to say. */
const untilOver: Talk = async (world) => {
  await expect.poll(() => world.lines().includes('over'), { interval: 1 }).toBe(true);
};

testInBoth(
  Object.fromEntries(
    Object.entries(scripts).map(([name, script]) => {
      const end = script.includes("'over'") ? '' : `console.log('over');`;
      const listens = `new (require('ws').WebSocketServer)({ port: 8091 });\n`;
      return [name, { script: `${listens}{ ${script}\n${end} }`, talk: untilOver }];
    }),
  ),
);

test('the time zone is UTC, and the language English, wherever the lab runs', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(`new (require('ws').WebSocketServer)({ port: 8091 });
    const date = new Date(Date.UTC(2024, 4, 6, 15, 7, 9));
    console.log(String(date)); console.log(date.toTimeString()); console.log(date.toLocaleString()); console.log((1234.5).toLocaleString());`);
  expect(lab.lines()).toEqual([
    'log Mon May 06 2024 15:07:09 GMT+0000 (Coordinated Universal Time)',
    'log 15:07:09 GMT+0000 (Coordinated Universal Time)',
    'log 5/6/2024, 3:07:09 PM',
    'log 1,234.5',
  ]);
});

test('what a script writes to its streams is on its console, and `process` is a module too', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(`import process from 'node:process';\nimport { WebSocketServer } from 'ws';
    new WebSocketServer({ port: Number(process.env.PORT) });
    process.stdout.write('${said}\\n'); process.stderr.write('wrong'); console.log(process === globalThis.process, process.cwd());`);
  expect(lab.lines()).toEqual([`log ${said}`, 'error wrong', 'log true /']);
});

test('a text that is no JSON and too long for the host keeps the engine’s own words', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(`new (require('ws').WebSocketServer)({ port: 8091 });
    try { JSON.parse('['.repeat(1e5)); } catch (error) { console.log(error instanceof SyntaxError || error.name); }
    try { JSON.parse('[1,' + '2,'.repeat(1e5) + 'x]'); } catch (error) { console.log(error instanceof SyntaxError); }`);
  expect(lab.lines().at(-1)).toBe('log true');
});
