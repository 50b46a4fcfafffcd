// What a script does wrong is told by the call, the value and what was expected, at the script's own line, also where a callback gets it.
import { randomInt } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createEngine } from './engine.ts';
import { sampleJob } from './sample-job.ts';

const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '2000', SCRIPT_WALL_MS: '20000' }),
);
afterAll(() => engine.close());

/** The error of a script that stands some lines down, and has some more behind it. */
async function errorOf(script: string, body: string | Uint8Array = '') {
  const line = randomInt(1, 20);
  const { error } = await engine.run(sampleJob(`${'\n'.repeat(line - 1)}${script}\n\n\n`, { body }));
  return { error, line };
}

const rethrow = '(function (error) { if (error) throw error; })';

describe('a call with bad input tells itself, the value and what it expects:', () => {
  test.each([
    [
      `require('crypto').createHash('sha0')`,
      /^crypto\.createHash: unknown algorithm "sha0"; expected one of md5/,
    ],
    [
      `require('crypto').createHash()`,
      'crypto.createHash: the algorithm is undefined; expected its name, a string',
    ],
    [
      `require('crypto').createSign(7)`,
      'crypto.createSign: the algorithm is number; expected its name, a string',
    ],
    [
      `require('crypto').createCipheriv(null)`,
      'crypto.createCipheriv: the algorithm is null; expected its name, a string',
    ],
    [
      `require('crypto').randomBytes('a')`,
      'crypto.randomBytes: the size is string; expected a whole number of bytes',
    ],
    [
      `require('crypto').createHmac('sha1', 5)`,
      /^crypto\.createHmac: the key is number; expected the name of/,
    ],
    [
      `require('crypto').createSign('rsa-sha256').update('a').sign(Buffer.from('x'))`,
      /^Sign\.sign: the key is not in PEM; expected text/,
    ],
    [
      `context.message.statusCode = [200]`,
      /^context\.message\.statusCode: the status \[200\] is not valid; expected 100 to 599/,
    ],
    [
      `context.set('message.status.code', { code: 7 })`,
      /^context\.set: the status \{"code":7\} is not valid; expected 100 to 599/,
    ],
    [`context.message.statusCode = Buffer.from('x')`, /: the status a Buffer is not valid; expected/],
    [
      `context.message.header.set('a b', 'c')`,
      /^context\.message\.header\.set: "a b" is no header name; expected/,
    ],
    [
      `context.message.header.set('a', 'b\\nc')`,
      /^context\.message\.header\.set: the value "b\\nc" of header `a` .*; expected/,
    ],
    [
      `require('header-metadata').current.set('a b', 'c')`,
      /^header-metadata\.current\.set: "a b" is no header name/,
    ],
    [
      `require('header-metadata').response.set('a', undefined)`,
      /^header-metadata\.response\.set: the value of header `a` is undefined/,
    ],
    [
      `require('header-metadata').response.statusCode = 600`,
      /^header-metadata\.response\.statusCode: the status 600 is not valid; expected 100 to 599/,
    ],
    [
      `context.message.statusCode = 99`,
      /^context\.message\.statusCode: the status 99 is not valid; expected 100/,
    ],
    [
      `context.set('message.status.code', 'x')`,
      /^context\.set: the status "x" is not valid; expected 100 to 599/,
    ],
    [
      `require('service-metadata').setVar('var://service/error-protocol-response', 700)`,
      /^service-metadata\.setVar: the status 700 is not valid/,
    ],
    [
      `var a = {}; a.a = a; context.message.body.write(a)`,
      'context.message.body.write: the value holds itself; expected one that JSON can write',
    ],
    [
      `var a = []; a.push(a); context.set('a', a)`,
      'context.set: the value holds itself; expected one that JSON can write',
    ],
    [`context.set('a', { toJSON: function () { throw new TypeError('mine'); } })`, 'mine'],
  ])('%s', async (script, message) => {
    const { error, line } = await errorOf(script);
    expect(error?.message).toMatch(message);
    expect(error?.line).toBe(line);
  });
});

describe('the error that a callback gets is told at the line of the call:', () => {
  test.each([
    [
      `context.message.body.readAsJSON${rethrow}`,
      '{"a":',
      /^context\.message\.body\.readAsJSON: the body "{\\"a\\":" is/,
    ],
    [
      `context.request.body.readAsJSON${rethrow}`,
      'nope',
      /^context\.request\.body\.readAsJSON: the body "nope" is not/,
    ],
    [`session.input.readAsJSON${rethrow}`, '{', /^session\.input\.readAsJSON: the body "{" is not JSON/],
    [
      `context.message.body.readAsXML${rethrow}`,
      '<a><b></a>',
      /^context\.message\.body\.readAsXML: .* line 1, column 4/,
    ],
    [
      `context.message.body.readAsJSON${rethrow}`,
      Uint8Array.of(0x22, 0xff, 0x22),
      /^context\.message\.body\.readAsJSON: the body ".*" has bytes that are no UTF-8; expected JSON in UTF-8$/,
    ],
    [`context.message.body.readAsXML${rethrow}`, Uint8Array.of(0x3c, 0x61, 0xff), /readAsXML: .* no UTF-8/],
    [`require('urlopen').open('http://nowhere/', ${rethrow})`, '', /^urlopen\.open: http:\/\/nowhere\/: /],
  ])('%s', async (script, body, message) => {
    const { error, line } = await errorOf(`(function () {\n${script}\n})();`, body);
    expect(error?.message).toMatch(message);
    expect(error?.line).toBe(line + 1);
  });

  test('a U+FFFD that a body holds itself is no fault', async () => {
    const script = `context.message.body.readAsJSON(function (e, v) { console.log('%s', v); })`;
    const { console } = await engine.run(sampleJob(script, { body: '"\ufffd"' }));
    expect(console[0]?.text).toBe('\ufffd');
  });
});
