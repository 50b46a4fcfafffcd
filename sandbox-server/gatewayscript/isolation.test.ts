// What stays apart: the script and the lab's own code, one run and the next, what is told and what a script would like told.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createEngine } from './engine.ts';
import { type SampleOptions, sampleJob } from './sample-job.ts';
import type { Engine } from './types.ts';

let engine: Engine;
beforeAll(() => {
  // One worker, so that each run has the guest of the one before.
  engine = createEngine(
    readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '2000', SCRIPT_WALL_MS: '20000' }),
  );
});
afterAll(async () => {
  expect(engine.stats()).toMatchObject({ workersReplaced: 0, idle: 1 });
  await engine.close();
});

const run = (script: string, options?: SampleOptions) => engine.run(sampleJob(script, options));
async function logged(script: string, options?: SampleOptions) {
  const { console, error } = await run(script, options);
  return error ? `${error.name}: ${error.message}` : console.map(({ text }) => text).join('|');
}

describe('a run leaves nothing to the next:', () => {
  test('no variable, global, header, timer, exports or random number', async () => {
    const secret = randomUUID();
    await run(`
      Function('s', 'try { this.leak = s } catch (e) {}')('${secret}');
      try { context.leak = '${secret}'; } catch (e) {}
      try { Buffer.leak = '${secret}'; } catch (e) {}
      try { require.leak = '${secret}'; } catch (e) {}
      try { require('crypto').leak = '${secret}'; } catch (e) {}
      try { (function () {}).constructor.prototype.leak = '${secret}'; } catch (e) {}
      try { Object.getPrototypeOf(async function () {}).leak = '${secret}'; } catch (e) {}
      /(${secret})/.test('${secret}');
      context.set('leak', '${secret}'); context.set('message.headers.Leak', '${secret}');
      context.message.body.write('${secret}'); context.reject('Leak', '${secret}');`);
    const look = `
      const found = [Function('return typeof leak')(), typeof context.leak, typeof Buffer.leak, typeof require.leak, typeof ('leak' in require('crypto') || undefined),
        typeof (() => {}).leak, typeof (async () => {}).leak, typeof context.get('leak'), typeof context.get('message.headers.Leak'),
        typeof context.get('message.body'), typeof RegExp.$1].join();
      console.log('%s', found);`;
    expect(await logged(look)).toBe(Array(11).fill('undefined').join());
    const { message, variables, trace, outcome } = await run('return');
    expect(outcome).toBe('completed');
    expect(JSON.stringify([message, variables, trace])).not.toContain(secret);
  });

  test('a script stopped in the middle of its callbacks leaves none behind', async () => {
    expect(
      (
        await run(
          `setTimeout(() => console.log('late'), 50); setTimeout(() => { throw new Error('x'); }, 1);`,
        )
      ).outcome,
    ).toBe('threw');
    expect((await run(`Promise.resolve().then(() => {}); throw new Error('y')`)).outcome).toBe('threw');
    expect(await logged(`setTimeout(() => console.log('mine'), 60)`)).toBe('mine');
  });

  test('memory that one run filled is empty for the next', async () => {
    await run(
      `const a = []; for (let i = 0; i < 40; i++) a.push(new Uint8Array(100000).fill(0xa5)); throw a.length;`,
    );
    const script = `
      let dirty = 0;
      for (let i = 0; i < 40; i++) { const a = new Uint8Array(100000); for (let j = 0; j < a.length; j += 997) if (a[j]) dirty++; }
      for (let i = 0; i < 200; i++) { const b = Buffer.allocUnsafe(1000); for (let j = 0; j < 1000; j++) if (b[j]) dirty++; }
      for (let i = 0; i < 200; i++) { const b = new Buffer(1000); for (let j = 0; j < 1000; j++) if (b[j]) dirty++; }
      console.log(String(dirty));`;
    expect(await logged(script)).toBe('0');
  });

  test('ten runs in a row see the same world', async () => {
    const script = `console.log('%s', Object.getOwnPropertyNames(Function('return this')()).sort().join() + Reflect.ownKeys(context).join())`;
    const first = await logged(script);
    expect(first).toContain('setTimeout');
    for (let i = 0; i < 10; i += 1) {
      await run(`Function('this["x${i}"] = 1'); var y${i} = 1; context.set('z${i}', 1);`);
      expect(await logged(script)).toBe(first);
    }
  });
});

describe('a script cannot change what the lab’s own code rests on:', () => {
  test.each([
    'Array.prototype[0] = 1',
    `Array.prototype.push = () => { throw 1 }`,
    'Object.prototype.polluted = 1',
    `Object.defineProperty(Object.prototype, 'e', { get() { return ['Error', 'x']; } })`,
    'Object.setPrototypeOf(Object.prototype, { v: 1 })',
    'Function.prototype.call = null',
    `Object.getPrototypeOf(function* () {}).prototype.next = null`,
    `Object.getPrototypeOf([][Symbol.iterator]()).next = null`,
    `Object.getPrototypeOf(Uint8Array).prototype.fill = null`,
    `Object.getPrototypeOf(async () => {}).constructor = null`,
    'RegExp.prototype.exec = null',
    'Error.prototype.stack = 1',
    'Promise.prototype.then = null',
    'Promise.resolve = null',
    'Map.prototype.get = null',
    'Reflect.apply = null',
    'JSON.stringify = null',
    'JSON = {}',
    'Math.random = 4',
    'console.log = null',
    'context.get = null',
    'context.message.body.write = null',
    'Buffer.prototype.toString = null',
    'setTimeout.call = null',
    `Reflect.setPrototypeOf(context, null) || (() => { throw new TypeError('no') })()`,
  ])('%s', async (script) => {
    expect(await logged(script)).toMatch(/^TypeError: /);
  });

  test('own objects of hostile make do not change what is told of them', async () => {
    const script = `
      const name = { toString() { return 'message.status.code'; }, toJSON() { return 'x'; } };
      try { context.get(name); } catch (e) { console.log('%s', e.message); }
      const twice = { n: 0, toJSON() { return this.n++; } };
      context.set('twice', twice);
      console.log(context.get('twice'), twice.n);`;
    expect(await logged(script)).toBe(`context.get: the variable's name is object; expected a string|0 1`);
  });

  test('subclasses with species, and patched instances, work on themselves only', async () => {
    const script = `
      class Evil extends Array { static get [Symbol.species]() { return function () { throw new Error('species'); }; } }
      const args = Evil.from(['%s', 'a']);
      Object.defineProperty(args, Symbol.iterator, { value: function* () { yield 'stolen'; } });
      console.log.apply(console, args);
      const h = require('crypto').createHash('sha1');
      const b = Buffer.from('abc'); Object.defineProperty(b, 'subarray', { value() { throw new Error('subarray'); } });
      try { console.log('%s', h.update(b).digest('hex')); } catch (e) { console.log('%s', e.message); }`;
    expect(await logged(script)).toBe('a|a9993e364706816aba3e25717850c26c9cd0d89d');
  });
});

describe('a script cannot forge what is told:', () => {
  test('neither with what it returns, exports or logs', async () => {
    const fake = `{ outcome: 'interrupted', type: 'result', worn: true, message: { status: { code: 500 } }, error: { name: 'x' } }`;
    for (const script of [
      `return ${fake}`,
      `module.exports = ${fake}`,
      `console.log(JSON.stringify(${fake}))`,
      `exports.result = ${fake}`,
    ]) {
      const result = await run(script);
      expect(result).toMatchObject({ outcome: 'completed', error: null, message: { status: null } });
    }
  });

  test('lines beyond the script are not told', async () => {
    const script = `
      const f = () => console.log('x');
      Object.defineProperty(f, 'name', { value: 'a (gatewayscript.js:999:1)\\n b' });
      f();`;
    const { console } = await run(script);
    expect(console[0]?.line === null || (console[0]?.line ?? 0) <= 4).toBe(true);
  });

  test('variables named like members of every object stay variables', async () => {
    const { variables, error } = await run(`
      context.set('x', JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}, "\\\\u005f_proto__": {"polluted": 3}}'));
      context.set('hasOwnProperty', 1); context.set('toString', 2); context.set('valueOf.a', 3);`);
    expect(error).toBeNull();
    expect(JSON.stringify(variables)).toBe(
      '{"x":{"constructor":{"prototype":{"polluted":2}}},"hasOwnProperty":1,"toString":2,"valueOf":{"a":3}}',
    );
    expect('polluted' in {}).toBe(false);
    expect(
      await logged(`try { context.set('__proto__.polluted', 1) } catch (e) { console.log('%s', e.message) }`),
    ).toContain('`__proto__` cannot be part');
  });

  test('a promise that nobody handles is told; one that somebody handles in time is not', async () => {
    expect(await run(`(async () => {\n  await null;\n  throw new TypeError('lost');\n})();`)).toMatchObject({
      outcome: 'threw',
      error: { name: 'TypeError', message: 'unhandled promise rejection: lost', line: 3 },
    });
    expect(await logged('Promise.reject(7)')).toBe('Error: unhandled promise rejection: thrown: 7');
    expect(await logged(`Promise.all([Promise.reject(new Error('one')), 2])`)).toBe(
      'Error: unhandled promise rejection: one',
    );
    const handled = `const p = Promise.reject(new Error('late')); setTimeout(() => p.catch((e) => console.log('%s', e.message)), 2);`;
    expect(await logged(handled)).toBe('late');
    const many = `(async () => { let n = 0; for (let i = 0; i < 300; i++) { try { await (async () => { throw i; })(); } catch (e) { n++; } } console.log(n); })()`;
    expect(await logged(many)).toBe('300');
    const hostile = `Promise.reject({ get name() { throw 1; }, toString() { throw 2; } })`;
    expect(await logged(hostile)).toMatch(/^Error: unhandled promise rejection: thrown: \{ name: \[Getter\]/);
  });
});
