// What a run promises: the published handshake works unchanged, and every outcome says what happened and where.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createEngine } from './engine.ts';
import { type SampleOptions, sampleJob } from './sample-job.ts';
import type { Engine, Message } from './types.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The tutorial's script, as published. */
const PUBLISHED = `var crypto = require('crypto');

function computeSha1Hash(text) {
  var hash = crypto.createHash('sha1');
  hash.update(text);
  return hash.digest('base64');
}


var ws_key=context.get('request.headers.Sec-WebSocket-Key');
const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const ws_accept = ws_key + guid;

var base64AcceptValue = computeSha1Hash(ws_accept);


context.set('message.status.code', 101);
context.set('message.headers.Sec-WebSocket-Accept',base64AcceptValue);
`;

let engine: Engine;
beforeAll(() => {
  engine = createEngine(
    readConfig({ SCRIPT_WORKERS: '2', SCRIPT_DEADLINE_MS: '1000', SCRIPT_WALL_MS: '20000' }),
  );
});
afterAll(() => engine.close());

const run = (script: string, options?: SampleOptions) => engine.run(sampleJob(script, options));
const header = (message: Message, name: string) => message.headers.find((each) => each.name === name)?.value;
const logged = async (script: string, options?: SampleOptions) => {
  const { console, error } = await run(script, options);
  expect(error).toBeNull();
  return console.map(({ text }) => text);
};

describe('the published handshake', () => {
  const accept = async (key: string | null) => {
    const result = await run(PUBLISHED, {
      headers: key === null ? [['Host', 'x']] : [['Sec-WebSocket-Key', key]],
    });
    expect(result.outcome).toBe('completed');
    expect(result.message.status).toEqual({ code: 101, reason: 'Switching Protocols' });
    return header(result.message, 'Sec-WebSocket-Accept');
  };

  test('gives the accept value of RFC 6455 §1.3 and of the facts', async () => {
    expect(await accept('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(await accept('x3JJHMbDL1EzLkh9GBhXDw==')).toBe('HSmrc0sMlYUkAGmm5OPpG2HaGWk=');
  });

  test('gives what node:crypto gives for any key', async () => {
    for (let i = 0; i < 20; i += 1) {
      const key = randomBytes(16).toString('base64');
      expect(await accept(key)).toBe(
        createHash('sha1')
          .update(key + GUID)
          .digest('base64'),
      );
    }
  });

  test('does not fail without a key: undefined and the GUID are hashed', async () => {
    expect(await accept(null)).toBe('gH2cR3x4MfGXKljgIwL3fMYv0sY=');
  });

  test('is traced, read and writes, with the lines of the script', async () => {
    const { trace } = await run(PUBLISHED, { headers: [['sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ==']] });
    expect(trace).toEqual([
      {
        operation: 'get',
        name: 'request.headers.Sec-WebSocket-Key',
        value: 'dGhlIHNhbXBsZSBub25jZQ==',
        line: 10,
      },
      { operation: 'set', name: 'message.status.code', value: 101, line: 17 },
      {
        operation: 'set',
        name: 'message.headers.Sec-WebSocket-Accept',
        value: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
        line: 18,
      },
    ]);
  });
});

describe('a script', () => {
  test('that sets a header says so, also where the value stays; what it does not touch is still the request’s', async () => {
    const { message } = await run(`context.set('message.headers.upgrade', 'websocket')`);
    expect(message.headers.map(({ name, origin }) => [name, origin])).toEqual([
      ['Host', 'request'],
      ['upgrade', 'policy'],
      ['Connection', 'request'],
      ['Sec-WebSocket-Key', 'request'],
      ['Sec-WebSocket-Version', 'request'],
    ]);
  });

  test('may return at its top level, and its last callbacks still count', async () => {
    expect(
      await logged(`
        setTimeout((a, b) => console.log('late', a + b), 10, 1, 2);
        Promise.resolve().then(() => console.log('soon'));
        (async () => { await null; console.log('async'); })();
        console.log('now');
        return;
        console.log('never');`),
    ).toEqual(['now', 'soon', 'async', 'late 3']);
  });

  test('gets its timers in the order they are due, and not after it cleared them', async () => {
    const lines = await logged(`
      setTimeout(() => console.log('b'), 300); setTimeout(() => console.log('a'), 5);
      const never = setTimeout(() => console.log('never'), 8); clearTimeout(never);
      let n = 0; const i = setInterval(() => { console.log('i' + n); if (++n === 3) clearInterval(i); }, 1);
      setImmediate(() => console.log('first'));`);
    expect(lines).toContain('first');
    expect(lines.filter((line) => line.startsWith('i'))).toEqual(['i0', 'i1', 'i2']);
    expect(lines.filter((line) => /^[ab]|never/.test(line))).toEqual(['a', 'b']);
  });

  test('that throws is told with name, text, line and column; the message stays as it was', async () => {
    const result = await run(`context.set('message.status.code', 200);\n\n  null.length;`);
    expect(result.outcome).toBe('threw');
    expect(result.error).toEqual({
      name: 'TypeError',
      message: "Cannot read property 'length' of null",
      line: 3,
      column: 7,
    });
    expect(result.message.status).toBeNull();
  });

  test.each([
    ['NAME', 'ReferenceError', 'NAME is not defined'],
    ['var NAME; NAME.NAME', 'TypeError', "Cannot read property 'NAME' of undefined"],
    ['var NAME = null; NAME.NAME = 1', 'TypeError', "Cannot set property 'NAME' of null"],
  ])('%s is told in the words of Node.js 8', async (script, name, message) => {
    const fresh = `v${randomBytes(4).toString('hex')}`;
    expect((await run(script.replaceAll('NAME', fresh))).error).toMatchObject({
      name,
      message: message.replaceAll('NAME', fresh),
    });
  });

  test('that throws in a callback is told just so', async () => {
    const result = await run(`setTimeout(function () {\n  throw new RangeError('later');\n}, 1)`);
    expect(result).toMatchObject({
      outcome: 'threw',
      error: { name: 'RangeError', message: 'later', line: 2 },
    });
  });

  test('that throws what is no Error is told by its value', async () => {
    expect((await run(`throw {code: 7}`)).error).toMatchObject({
      name: 'Error',
      message: 'thrown: { code: 7 }',
    });
    expect((await run(`throw 'text'`)).error?.message).toBe("thrown: 'text'");
    expect((await run(`throw undefined`)).error?.message).toBe('thrown: undefined');
  });

  test('that rejects goes on, and what it sets afterwards is the response', async () => {
    const result = await run(
      `context.reject('OrderError', 'no such order');\ncontext.message.statusCode = '501 Custom Error';`,
    );
    expect(result).toMatchObject({
      outcome: 'rejected',
      error: { name: 'OrderError', message: 'no such order', line: 1, column: 15 },
      message: { status: { code: 501, reason: 'Custom Error' } },
    });
  });

  test('names its own errors as it likes, on instances and in subclasses', async () => {
    const named = `const e = new Error('m'); e.name = 'Mine'; throw e`;
    expect((await run(named)).error).toMatchObject({ name: 'Mine', message: 'm' });
    const subclass = `class Mine extends Error { constructor(m) { super(m); \nthis.name = 'Sub'; } }\nthrow new Mine('n')`;
    expect((await run(subclass)).error).toMatchObject({ name: 'Sub', message: 'n', line: 1 });
  });

  test('that patches a built-in prototype gets a TypeError at that line', async () => {
    for (const patch of [
      'Array.prototype.map = 1',
      "String.prototype.x = 'y'",
      'Object.prototype.toString = null',
      'Math.random = 1',
      'JSON.parse = 2',
      'Buffer.from = 3',
    ]) {
      const result = await run(`\n${patch}`);
      expect([patch, result.outcome, result.error?.name, result.error?.line]).toEqual([
        patch,
        'threw',
        'TypeError',
        2,
      ]);
    }
  });

  test('does not find what is newer than Node 8', async () => {
    const script = `console.log([[].flat, [].flatMap, Object.fromEntries, ''.matchAll, ''.trimStart, Promise.allSettled, typeof BigInt, typeof globalThis, typeof WeakRef].join())`;
    expect(await logged(script)).toEqual([`${','.repeat(5)},undefined,undefined,undefined`]);
  });

  test('that requires what is not there is told its name and what there is', async () => {
    expect((await run(`require('fs2')`)).error?.message).toMatch(
      /^require: there is no module 'fs2'; there are .*\bcrypto\b/,
    );
  });

  test('may have functions in exports, and sees module and exports', async () => {
    expect(await logged(`exports.a = 1; console.log(module.exports)`)).toEqual(['{ a: 1 }']);
  });

  test('gets other random numbers in another run', async () => {
    const [first, second] = [
      await logged('console.log(Math.random())'),
      await logged('console.log(Math.random())'),
    ];
    expect(first).not.toEqual(second);
  });

  test('over the limit of bytes is refused before it is parsed', async () => {
    expect(await run(`/*${'x'.repeat(70_000)}*/`)).toMatchObject({
      outcome: 'syntax-error',
      error: { message: 'the script has 70004 bytes; the limit is 65536' },
    });
  });
});
