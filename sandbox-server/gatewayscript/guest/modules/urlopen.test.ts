// `urlopen` asks whoever answers for the run, and gives the response as published scripts read it.
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OpenTarget } from '../../types.ts';
import { answering, startUrlopen, urlopen } from './urlopen.fixture.ts';

const { scripts, logged } = startUrlopen();

describe('the request', () => {
  test('carries what readAsBuffers gave', async () => {
    const { calls, openTarget } = answering();
    const body = randomBytes(64);
    await scripts.run(
      `${urlopen} session.input.readAsBuffers((error, data) => urlopen.open({ target: 'http://a', data }, () => {}))`,
      { openTarget, body },
    );
    expect(calls.map((call) => Buffer.from(call.body))).toEqual([body]);
  });

  test('carries target, method, headers and data', async () => {
    const { calls, openTarget } = answering();
    const id = randomUUID();
    await logged(
      `urlopen.open({ target: 'http://backend:8091/a?b=${id}', method: 'put', contentType: 'text/plain',
         headers: { 'X-ID': '${id}', 'Content-Type': 'no', Many: ['1', 2] }, timeout: 5, data: 'ä${id}' }, () => {});`,
      openTarget,
    );
    expect(calls).toEqual([
      {
        target: `http://backend:8091/a?b=${id}`,
        method: 'PUT',
        headers: [
          ['X-ID', id],
          ['Many', '1'],
          ['Many', '2'],
          ['Content-Type', 'text/plain'],
        ],
        body: Uint8Array.from(Buffer.from(`ä${id}`)),
      },
    ]);
  });

  test('is a GET for a URL alone, and a POST where there is data', async () => {
    const { calls, openTarget } = answering();
    await logged(
      `urlopen.open('https://localhost/', () => {}); urlopen.open({ target: 'http://localhost', data: '' }, () => {})`,
      openTarget,
    );
    expect(calls.map(({ method, target }) => [method, target])).toEqual([
      ['GET', 'https://localhost/'],
      ['POST', 'http://localhost/'],
    ]);
  });

  test('takes bytes, objects and XML as data', async () => {
    const { calls, openTarget } = answering();
    const bytes = randomBytes(300);
    await logged(
      `for (const data of [Buffer.from('${bytes.toString('base64')}', 'base64'), { a: [1] }, XML.parse('<a/>')])
         urlopen.open({ target: 'http://a', data }, () => {})`,
      openTarget,
    );
    const [first, second, third] = calls.map(({ body }) => Buffer.from(body));
    expect(first).toEqual(bytes);
    expect(`${second}`).toBe('{"a":[1]}');
    expect(`${third}`).toContain('<a/>');
  });
});

describe('the response', () => {
  test('has status, reason, headers without regard to case, and the body in every form', async () => {
    const json = JSON.stringify({ id: randomUUID() });
    const { openTarget } = answering(json, [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Content-Type', 'application/json'],
    ]);
    expect(
      await logged(
        `urlopen.open('http://a', (error, response) => {
           console.log('%j', [error, response.statusCode, response.reasonPhrase, response.headers, response.get('content-TYPE')]);
           response.readAsJSON((e, value) => console.log('%j', value));
           response.readAsBuffer((e, value) => console.log('%s', value.toString()));
           response.readAsBuffers((e, value) => console.log('%s', value.toString()));
           response.readAsXML((e) => console.log('%s', e.errorMessage.slice(0, 19)));
         })`,
        openTarget,
      ),
    ).toBe(
      [
        JSON.stringify([
          null,
          203,
          'Odd',
          { 'X-A': '1, 2', 'Content-Type': 'application/json' },
          'application/json',
        ]),
        json,
        json,
        json,
        'response.readAsXML:',
      ].join('|'),
    );
  });

  test('keeps bytes as they are; without a body there is none', async () => {
    const bytes = randomBytes(5_000);
    const hex = `urlopen.open('http://a', (e, r) => r.readAsBuffer((e2, b) => console.log('%s', b && b.toString('hex'))))`;
    expect(await logged(hex, answering(bytes).openTarget)).toBe(bytes.toString('hex'));
    expect(await logged(hex, answering().openTarget)).toBe('undefined');
  });

  test('is gone when it is disconnected', async () => {
    const { openTarget } = answering('a');
    const script = `urlopen.open('http://a', (e, r) => { r.disconnect();
      try { r.readAsBuffer(() => {}) } catch (error) { console.log('%s', error.message) } })`;
    expect(await logged(script, openTarget)).toBe('response.readAsBuffer: the response is discarded');
  });

  test('is gone when it is discarded', async () => {
    const { openTarget } = answering('x');
    const script = `urlopen.open('http://a', (e, r) => { r.discard((e2) => console.log('%s', e2));
      try { r.readAsBuffer(() => {}); } catch (e3) { console.log('%s', e3.message); } })`;
    expect(await logged(script, openTarget)).toBe('response.readAsBuffer: the response is discarded|null');
  });
});

describe('the callback', () => {
  test('comes after the turn of the script, in the order of the answers, with timers between', async () => {
    const waits: { [path: string]: PromiseWithResolvers<void> } = {
      '/slow': Promise.withResolvers(),
      '/fast': Promise.withResolvers(),
    };
    const openTarget: OpenTarget = async ({ target }, signal) => {
      const { pathname } = new URL(target);
      await waits[pathname]?.promise;
      if (pathname === '/fast') waits['/slow']?.resolve();
      return {
        kind: 'answered',
        status: 200,
        reason: '',
        headers: [],
        body: Buffer.from(`${signal.aborted}`),
      };
    };
    const running = logged(
      `urlopen.open('http://a/slow', () => console.log('slow'));
       urlopen.open('http://a/fast', () => console.log('fast'));
       setTimeout(() => { console.log('timer'); urlopen.open('http://a/go', () => console.log('go')); }, 1);
       console.log('script');`,
      async (call, signal) => {
        if (call.target.endsWith('/go')) waits['/fast']?.resolve();
        return openTarget(call, signal);
      },
    );
    const lines = (await running).split('|');
    expect(lines.slice(0, 2)).toEqual(['script', 'timer']);
    expect(new Set(lines)).toEqual(new Set(['script', 'timer', 'go', 'fast', 'slow']));
    expect(lines.indexOf('fast')).toBeLessThan(lines.indexOf('slow'));
  });

  test('works with promisify and await, one request after the other', async () => {
    const { calls, openTarget } = answering('1');
    const script = `const open = require('util').promisify(urlopen.open);
      (async () => { for (let n = 0; n < 3; n += 1) await open('http://a/' + n); console.log('done'); })()`;
    expect(await logged(script, openTarget)).toBe('done');
    expect(calls.map(({ target }) => target)).toEqual(['http://a/0', 'http://a/1', 'http://a/2']);
  });

  test('gets an error whose text stands in its JSON, and once on the console', async () => {
    const openTarget: OpenTarget = async () => ({ kind: 'failed', reason: 'no such host' });
    const message = 'urlopen.open: http://a: no such host';
    const script = `urlopen.open('http://a', (error) => { console.log('%s', JSON.stringify(error)); console.log(error); })`;
    expect(await logged(script, openTarget)).toBe(
      `${JSON.stringify({ name: 'ConnectionError', errorMessage: message })}|ConnectionError: ${message}`,
    );
  });

  test('gets a ConnectionError with the reason where nobody answers', async () => {
    const reason = randomUUID();
    const show = `urlopen.open('http://nobody:1', (error, response) => console.log('%s %s %s', error.name, error.errorMessage, response))`;
    expect(await logged(show, async () => ({ kind: 'failed', reason }))).toBe(
      `ConnectionError urlopen.open: http://nobody:1: ${reason} undefined`,
    );
    expect(await logged(show)).toContain('no server can be reached from here');
    const faulty: OpenTarget = async () => {
      throw new Error('a fault of the lab');
    };
    expect(await logged(show, faulty)).toContain('the lab could not make this request');
  });

  test('gets an error when the time that the script gave is over', async () => {
    const script = `urlopen.open({ target: 'http://a', timeout: 0.02 }, (error) => console.log('%s', error.message))`;
    expect(await logged(script, () => new Promise(() => {}))).toBe(
      'urlopen.open: http://a: no answer within 0.02 s',
    );
  });
});

test.each([
  ['urlopen.open()', /the first argument is undefined; expected a URL or an object/],
  ['urlopen.open({}, () => {})', /the target is undefined; expected a URL/],
  ['urlopen.open("local:///a.json", () => {})', /the target "local:\/\/\/a\.json" is no URL of a server/],
  [
    'urlopen.open("backend:8091", () => {})',
    /is no URL of a server; expected one like http:\/\/backend:8091/,
  ],
  ['urlopen.open("http://a")', /the callback is undefined; expected a function \(error, response\)/],
  ['urlopen.open({ target: "http://a", method: "FETCH" }, () => {})', /the method "FETCH" is unknown/],
  [
    'urlopen.open({ target: "http://a", timeout: "5" }, () => {})',
    /the timeout is string; expected a number/,
  ],
  [
    'urlopen.open({ target: "http://a", header: {} }, () => {})',
    /there is no option 'header'; there are target/,
  ],
  ['urlopen.open({ target: "http://a", headers: [] }, () => {})', /the headers is an array/],
  ['urlopen.open({ target: "http://a", headers: { "A B": "c" } }, () => {})', /"A B" is no header name/],
  ['urlopen.open({ target: "http://a", headers: { A: "b\\r\\nc" } }, () => {})', /holds a line break/],
  ['urlopen.open({ target: "http://a", data: 7 }, () => {})', /the data is number/],
  ['urlopen.createUserAgent()', /^urlopen\.createUserAgent: there is no such member; urlopen has open/],
])('%s fails by its name, at its line', async (script, message) => {
  const error = await scripts.error(`${urlopen}\n${script}`);
  expect(error.message).toMatch(message);
  expect(error.line).toBe(2);
});
