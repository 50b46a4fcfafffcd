import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handshakeText } from './handshake-text.ts';
import { parseHeaderLines, parseRequest, withKey } from './parse-request.ts';

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/).filter((each) => each !== '__proto__');
const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);

describe('the text of a request', () => {
  test('comes apart into method, path, headers and body, with either line end', () => {
    const text = 'POST /a?b=c HTTP/1.1\nHost: x\nA: b\n\n{"a":\n\n1}\n';
    const parts = { method: 'POST', path: '/a?b=c', headerLines: 'Host: x\nA: b', body: '{"a":\n\n1}' };
    expect(parseRequest(text)).toEqual(parts);
    expect(parseRequest(text.replaceAll('\n', '\r\n'))).toEqual(parts);
  });

  test('the default handshake has its key among its headers, and no body', () => {
    const { method, headerLines, body } = parseRequest(handshakeText('a2V5'));
    expect([method, body]).toEqual(['GET', '']);
    expect(parseHeaderLines(headerLines)).toMatchObject({
      headers: { 'Sec-WebSocket-Key': 'a2V5' },
      mistakes: [],
    });
  });

  test('an empty text is a plain GET', () => {
    expect(parseRequest('')).toEqual({ method: 'GET', path: '/', headerLines: '', body: '' });
  });
});

describe('header lines', () => {
  test('become headers, whatever their names and values', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each }), (pairs) => {
        const { headers, mistakes } = parseHeaderLines(
          pairs.map(([key, text]) => `${key}: ${text}`).join('\n'),
        );
        expect(mistakes).toEqual([]);
        expect(Object.entries(headers).sort()).toEqual([...pairs].sort());
      }),
    );
  });

  test('a name that stands twice keeps both values in their order', () => {
    expect(parseHeaderLines('A: 1\n\nB: 2\nA: 3').headers).toEqual({ A: ['1', '3'], B: '2' });
  });

  test('a line without a colon is told by its number', () => {
    expect(parseHeaderLines('A: 1\n\nnonsense\n: x').mistakes.map(({ line }) => line)).toEqual([3, 4]);
  });
});

describe('a new key', () => {
  test('takes the place of the old one, whatever its case', () => {
    expect(withKey('A: 1\nsec-websocket-KEY: old\nB: 2', 'new$&=')).toBe(
      'A: 1\nSec-WebSocket-Key: new$&=\nB: 2',
    );
  });

  test('is added where there was none', () => {
    expect(withKey('A: 1\n', 'k')).toBe('A: 1\nSec-WebSocket-Key: k');
    expect(withKey('', 'k')).toBe('Sec-WebSocket-Key: k');
  });
});
