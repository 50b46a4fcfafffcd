// A request in a file becomes the request that a script sees, byte for byte; a mistake in it is told with its line.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRequestFile } from './request-file.ts';
import { UsageError } from './usage.ts';

const parse = (text: string | Uint8Array) =>
  parseRequestFile(typeof text === 'string' ? Buffer.from(text) : text, 'x.http');
const body = (text: string) => Buffer.from(parse(text).body).toString();

describe('a request file', () => {
  test('of a lesson is read as it stands', () => {
    const file = new URL(
      '../../docs/content/docs/gatewayscript/02-handshake-handler/handshake.http',
      import.meta.url,
    );
    const request = parse(readFileSync(file));
    expect(request).toMatchObject({ method: 'GET', body: Buffer.alloc(0) });
    expect(request.headers).toContainEqual(['Upgrade', 'websocket']);
  });

  test('gives back whatever method, path, headers and bytes it holds, with either line end', () => {
    const name = fc
      .stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/)
      .filter((each) => !/^content-length$/i.test(each));
    const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'M-SEARCH'),
        fc.stringMatching(/^\/[!-~]{0,30}$/),
        fc.array(fc.tuple(name, value)),
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('\n', '\r\n'),
        (method, path, pairs, bytes, eol) => {
          const headers = [...pairs, ['Content-Length', String(bytes.length)]];
          const head = [
            `${method} ${path} HTTP/1.1`,
            ...headers.map(([key, text]) => `${key}: ${text}`),
            '',
            '',
          ];
          const request = parse(Buffer.concat([Buffer.from(head.join(eol)), bytes, Buffer.from(eol)]));
          expect(request).toEqual({ method, path, headers, body: Buffer.from(bytes) });
        },
      ),
    );
  });

  test('may start with comments, and name its host in the target', () => {
    expect(parse('# one\n\n// two\nGET wss://lab.test:9443/a?b=c\nA: b\n')).toMatchObject({
      path: '/a?b=c',
      headers: [
        ['Host', 'lab.test:9443'],
        ['A', 'b'],
      ],
    });
    expect(parse('GET https://lab.test HTTP/1.1\nHost: other\n')).toMatchObject({
      path: '/',
      headers: [['Host', 'other']],
    });
  });

  test('has a body up to its end, but for the line end that an editor puts there', () => {
    expect(body('POST / HTTP/1.1\n\na\n\nb\n')).toBe('a\n\nb');
    expect(body('POST / HTTP/1.1\r\n\r\na\r\n')).toBe('a');
    expect(body('POST / HTTP/1.1\nContent-Length: 2\n\na\n')).toBe('a\n');
    expect(body('POST / HTTP/1.1')).toBe('');
  });

  test.each([
    ['', 'x.http:1: there is no request'],
    ['# only a comment\n', 'x.http:1: there is no request'],
    ['GET /a b HTTP/1.1', 'x.http:1: a request line is'],
    ['GET /a HTTP/2', 'x.http:1: a request line is'],
    ['GET', 'x.http:1: the path must start with /'],
    ['\nGE@T / HTTP/1.1', 'x.http:2: "GE@T" is no HTTP method'],
    ['GET / HTTP/1.1\nA: b\nnonsense', 'x.http:3: a header is "Name: value"'],
    ['GET / HTTP/1.1\nA b: c', 'x.http:2: the header name "A b"'],
    ['GET / HTTP/1.1\nA: b\u0001c', 'x.http:2: the value of the header A'],
  ])('%j is refused with its line', (text, sentence) => {
    expect(() => parse(text)).toThrow(UsageError);
    expect(() => parse(text)).toThrow(sentence);
  });
});
