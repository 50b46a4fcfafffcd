// `context.message`, `context.request` and named messages do on the message what their variables would.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createEngine } from '../engine.ts';
import { type SampleOptions, sampleJob } from '../sample-job.ts';

const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '2000', SCRIPT_WALL_MS: '20000' }),
);
afterAll(() => engine.close());

const run = (script: string, options?: SampleOptions) => engine.run(sampleJob(script, options));
const headers = (pairs: readonly { name: string; value: string }[]) =>
  pairs.map(({ name, value }) => [name, value]);

/** What the script logs with `%s`, or why it could not. */
async function logged(script: string, options?: SampleOptions) {
  const { console, error } = await run(script, options);
  return error ? error.message : console.map(({ text }) => text).join('|');
}

describe('context.message', () => {
  test('sets, gets and removes headers without regard to case', async () => {
    const value = randomUUID();
    const { message, console } = await run(
      `const h = context.message.header;
       h.set('X-New', '${value}'); h.set('HOST', 5); h.remove('upgrade');
       console.log(h.get('x-new'), h.get('nope'), context.message.headers['X-New']);`,
      {
        headers: [
          ['Host', 'a'],
          ['Upgrade', 'b'],
        ],
      },
    );
    expect(headers(message.headers)).toEqual([
      ['HOST', '5'],
      ['X-New', value],
    ]);
    expect(console[0]?.text).toBe(`${value} undefined '${value}'`);
  });

  test('is traced under the names of the variables', async () => {
    const { trace } = await run(
      `context.message.header.set('A.b', 'c');\ncontext.message.statusCode = 302;\ncontext.message.header.remove('A.b');`,
    );
    expect(trace).toEqual([
      { operation: 'set', name: `message.headers['A.b']`, value: 'c', line: 1 },
      { operation: 'set', name: 'message.status.code', value: 302, line: 2 },
      { operation: 'clear', name: `message.headers['A.b']`, value: null, line: 3 },
    ]);
  });

  test.each([
    ['302', { code: 302, reason: 'Found' }],
    [`'403'`, { code: 403, reason: 'Forbidden' }],
    [`'501 Custom Error'`, { code: 501, reason: 'Custom Error' }],
  ])('takes the status code %s', async (value, status) => {
    expect((await run(`context.message.statusCode = ${value}`)).message.status).toEqual(status);
  });

  test('writes text, Buffers and objects as a body', async () => {
    const bytes = randomBytes(300);
    const body = async (expression: string) =>
      (await run(`context.message.body.write(${expression})`)).message;
    expect(Buffer.from((await body(`Buffer.from('${bytes.toString('base64')}', 'base64')`)).body)).toEqual(
      bytes,
    );
    expect(String(Buffer.from((await body(`'snow ☃'`)).body))).toBe('snow ☃');
    expect(String(Buffer.from((await body(`{a: [1, 'x']}`)).body))).toBe('{"a":[1,"x"]}');
    expect((await body(`''`)).bodyOrigin).toBe('policy');
  });

  test.each([
    [
      'context.message.body.write(5)',
      'context.message.body.write: the value is number; expected a string, a Buffer or an object',
    ],
    ['context.message.header.set("a b", "c")', 'context.message.header.set: "a b" is no header name'],
    [
      'context.message.header.set("X", "a\\r\\nY: b")',
      'context.message.header.set: the value "a\\r\\nY: b" of header `X` holds a line break',
    ],
    [
      'context.message.header.get()',
      "context.message.header.get: the header's name is undefined; expected a string",
    ],
    [
      'context.message.statusCode = 99',
      'context.message.statusCode: the status 99 is not valid; expected 100 to 599',
    ],
    [
      'context.message.reasonPhrase = "a\\nb"',
      'context.message.reasonPhrase: the reason phrase "a\\nb" is not valid',
    ],
    [
      'context.message.body.readAsJSON()',
      'context.message.body.readAsJSON: the callback is undefined; expected a function',
    ],
    ['context.set("f", () => 1)', 'context.set: a function cannot be stored'],
    ['context.get(5)', "context.get: the variable's name is number; expected a string"],
    ['context.set("request.verb", "x")', 'context.set: `request.verb` is read-only'],
    ['context.reject(5)', "context.reject: an error's name is number; expected a string"],
    ['context.message = 1', 'read-only'],
  ])('%s fails, and says call, value and what was expected, at its line', async (script, message) => {
    const { outcome, error } = await run(`\n\n${script};`);
    expect([outcome, error?.line]).toEqual(['threw', 3]);
    expect(error?.message).toContain(message);
  });
});

describe('bodies are read after the script’s turn:', () => {
  const read = (method: string, show: string, body: string | Uint8Array) =>
    logged(
      `context.request.body.${method}((error, value) => console.log('%s|%s', error, ${show})); console.log('first')`,
      { body },
    );

  test('as JSON', async () => {
    const id = randomUUID();
    expect(await read('readAsJSON', 'value.id', JSON.stringify({ id }))).toBe(`first|null|${id}`);
  });

  test('as a Buffer, byte for byte', async () => {
    const bytes = randomBytes(1000);
    expect(await read('readAsBuffer', `value.toString('base64')`, bytes)).toBe(
      `first|null|${bytes.toString('base64')}`,
    );
    expect(await read('readAsBuffers', `value.toString('hex')`, bytes)).toBe(
      `first|null|${bytes.toString('hex')}`,
    );
  });

  test('an empty one is undefined without an error', async () => {
    for (const method of ['readAsJSON', 'readAsBuffer', 'readAsBuffers'])
      expect(await read(method, 'value', '')).toBe('first|null|undefined');
  });

  test('malformed JSON is the callback’s error, with the text', async () => {
    expect(await read('readAsJSON', 'value', '{"a": nope}')).toMatch(
      /^first\|Error: context\.request\.body\.readAsJSON: the body "\{\\"a\\": nope\}" is not JSON/,
    );
  });

  test('bytes that are no UTF-8 do not fail', async () => {
    expect(await read('readAsBuffer', 'value.length', Uint8Array.of(0xff, 0xfe, 0))).toBe('first|null|3');
  });

  test('what was written is what is read', async () => {
    expect(
      await logged(
        `context.message.body.write({a: 1}); context.message.body.readAsJSON((e, v) => console.log('%j', v))`,
      ),
    ).toBe('{"a":1}');
  });

  test('JSON.parse takes context.get of a body', async () => {
    expect(
      await logged(`console.log('%s', JSON.parse(context.get('message.body')).a)`, { body: '{"a": "b"}' }),
    ).toBe('b');
  });
});

describe('named messages', () => {
  test('are made, found, and stand in the variables', async () => {
    const { variables, error } = await run(
      `const m = context.createMessage('mine');
       m.header.set('X-A', '1'); m.statusCode = '404 Gone Away'; m.body.write({a: 1});
       const same = context.getMessage('mine');
       same.header.set('x-a', same.header.get('X-A') + '2');`,
    );
    expect(error).toBeNull();
    expect(variables).toEqual({
      mine: {
        status: { code: 404, reason: 'Gone Away' },
        headers: { 'X-A': '1', 'x-a': '12' },
        body: { a: 1 },
      },
    });
  });

  test('can start as a copy', async () => {
    const body = randomUUID();
    const { variables } = await run(`context.createMessage('copy', context.request).header.set('B', '2')`, {
      headers: [['A', '1']],
      body,
    });
    expect(variables).toEqual({ copy: { status: {}, headers: { A: '1', B: '2' }, body } });
    expect(await logged(`context.createMessage('x', {})`)).toContain(
      'context.createMessage: the second argument is no message',
    );
  });

  test('that are not there are null; message and request are always', async () => {
    expect(
      await logged(
        `console.log('%s %s %s', context.getMessage('no'), context.getMessage('message') === context.message, context.getMessage('request') === context.request)`,
      ),
    ).toBe('null true true');
  });

  test('the request is read by its members, and cannot be changed', async () => {
    const script = `console.log('%s %s %j %s', context.request.header.get('a'), context.request.querystring, context.request.parameters, typeof context.request.body.write)`;
    expect(await logged(script, { path: '/x?q=1', headers: [['A', 'b']] })).toBe(
      'b q=1 {"q":{"locations":["query"],"values":["1"]}} undefined',
    );
    expect((await run('context.request.header = 1')).error?.name).toBe('TypeError');
    expect((await run('context.request.headers = {}')).error?.name).toBe('TypeError');
  });
});
