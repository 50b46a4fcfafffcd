import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broken } from '../clients/broken-head.fixture.ts';
import { PRESETS, START } from '../presets.ts';
import { FIELD_OF, headersOf, placedRules, requestOf, responseOf } from './head-rules.ts';
import { parseHead } from './parse-head.ts';

const anyBytes = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 2_000 });
const bytes = fc.oneof(anyBytes, broken(START.request, [' a', 'b']), broken(START.response, [' a', ': b']));
const kind = fc.constantFrom('request' as const, 'response' as const);

test('any bytes are parsed, each line once, and faults stand in lines that are there', () => {
  fc.assert(
    fc.property(bytes, kind, (text, which) => {
      const lines = text.split('\n').length;
      const head = parseHead(text, which);
      for (const { line } of [...head.faults, ...head.fields]) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines);
      }
      // A line can be wrong in a few ways, and no more.
      expect(head.faults.length).toBeLessThanOrEqual(5 * lines);
      expect(new Set(head.fields.map(({ line }) => line)).size).toBe(head.fields.length);
      expect(head.rest.length).toBeLessThan(text.length + 1);
    }),
  );
});

test('a right head has no fault, and gives back what it was made of', () => {
  const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/);
  const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(token, value), { maxLength: 9 }),
      fc.stringMatching(/^\/[a-z]{0,9}$/),
      (fields, path) => {
        const text = [
          `GET ${path} HTTP/1.1`,
          ...fields.map(([name, given]) => `${name}:${given}`),
          '',
          '',
        ].join('\r\n');
        const head = parseHead(text, 'request');
        expect(head.faults).toEqual([]);
        expect(headersOf(head)).toEqual(fields);
        expect(requestOf(head)).toMatchObject({ method: 'GET', path, httpVersion: '1.1' });
        expect(head.endLine).toBe(fields.length + 2);
      },
    ),
  );
  expect(responseOf(parseHead(START.response, 'response'))).toMatchObject({
    status: 101,
    reason: 'Switching Protocols',
  });
});

test.each([
  ['HTTP/1.1 101 x\n\r\n', 'Line 1 ends in LF alone'],
  ['HTTP/1.1 101 x\r\nA: b\rc\r\n\r\n', 'Line 2 holds a CR without LF'],
  ['HTTP/1.1 101 x\r\nA : b\r\n\r\n', 'Line 2 has white space before the colon'],
  ['HTTP/1.1 101 x\r\n(: b\r\n\r\n', 'Line 2 has a name that is no token'],
  ['HTTP/1.1 101 x\r\nA\r\n\r\n', 'Line 2 has no colon'],
  ['HTTP/1.1 101 x\r\nA: b\r\n c\r\n\r\n', 'Line 3 starts with white space'],
  ['HTTP/1.1 101 x\r\nA: \0\r\n\r\n', 'Line 2 holds a control character'],
  ['HTTP/1.1  101 x\r\n\r\n', 'Line 1 is no status line'],
  ['HTTP/1.1 101 x\r\nA: b\r\n', 'Line 3 is the last, and the head goes on'],
])('%j has one fault: %s', (text, found) => {
  expect(parseHead(text, 'response').faults.map((fault) => fault.found)).toEqual([found]);
});

test('bytes behind a request come before the answer, behind a response they are frames', () => {
  expect(parseHead(`${START.request}\x81`, 'request').faults.map(({ line }) => line)).toEqual([8]);
  expect(parseHead(`${START.response}\x81`, 'response').faults).toEqual([]);
});

test('every rule says in which lines it is kept or broken, whatever the heads', () => {
  fc.assert(
    fc.property(bytes, bytes, (request, response) => {
      const heads = [parseHead(request, 'request'), parseHead(response, 'response')] as const;
      const rules = placedRules(...heads);
      expect(rules.length).toBeLessThan(30);
      for (const { rule, head, lines } of rules) {
        expect(rule.endsWith('-head') || rule in FIELD_OF, rule).toBe(true);
        const text = head === 'request' ? request : response;
        for (const line of lines) expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }
    }),
  );
});

test('a broken field is marked in its line, a missing one where the head ends', () => {
  const marks = (id: string) => {
    const { request, response } = PRESETS.find((preset) => preset.id === id)?.heads ?? START;
    return placedRules(parseHead(request, 'request'), parseHead(response, 'response'))
      .filter(({ passed }) => !passed)
      .map(({ rule, head, lines }) => [rule, head, lines]);
  };
  expect(marks('two-keys')).toEqual([['request-key', 'request', [5, 6]]]);
  expect(marks('no-connection')).toEqual([['response-connection', 'response', [4]]]);
  expect(marks('status-200')).toEqual([['response-status', 'response', [1]]]);
});
