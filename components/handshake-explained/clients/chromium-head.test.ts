import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAsChromium, valuesOf } from './chromium-head.ts';

const head = (text: string) => readAsChromium(`HTTP/1.1 101 x\r\n${text}\r\n\r\n`);

// Each line was measured with Chromium 156.
test.each([
  ['HTTP/1.1 101\r\n\r\n', 101],
  ['\r\nHTTP/1.1 101 x\r\n\r\n', 101],
  ['http/1.1  101 x\n\n', 101],
  ['HTTP/1.1\t101 Switching\r\n\r\n', 200],
  ['HTTP/1.1 1x1\r\n\r\n', 1],
  ['HTTP/1.1 1010 x\r\n\r\n', 1010],
])('%j has the status %i', (text, status) => {
  expect(readAsChromium(text)).toMatchObject({ status });
});

test('fields are taken laxly: folded, with a space before the colon, behind lines that are none', () => {
  expect(head('no colon\r\n: a\r\nUpgrade :\r\n websocket')).toMatchObject({
    headers: [['Upgrade', ' websocket']],
  });
  expect(head('A: b\rC: d\nE: f')).toMatchObject({
    headers: [
      ['A', ' b'],
      ['C', ' d'],
      ['E', ' f'],
    ],
  });
  expect(head('A: \0')).toBe('invalid');
  expect(readAsChromium('Upgrade: websocket\r\n\r\n')).toBe('invalid');
  expect(readAsChromium('HTTP/1.1 101 x\r\nA: b\r\n')).toBeNull();
});

test('commas part values, except in quotes, and an empty one counts', () => {
  expect(
    valuesOf(
      [
        ['A', ' b, c'],
        ['a', ' d'],
      ],
      'A',
    ),
  ).toEqual(['b', 'c', 'd']);
  expect(valuesOf([['A', 'b,']], 'A')).toEqual(['b', '']);
  expect(valuesOf([['A', '"b,c"']], 'A')).toEqual(['"b,c"']);
  expect(valuesOf([['A', ' ']], 'A')).toEqual(['']);
});

test('any bytes are read', () => {
  const bytes = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)) });
  fc.assert(fc.property(bytes, (rest) => void readAsChromium(`HTTP/1.1 101 ${rest}\n\n`)));
});
