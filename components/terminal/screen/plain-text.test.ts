import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['a\tb\nc ä😀', 'a\tb\nc ä😀'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['line\r\n', 'line\n'],
  ['\u001b[2J\u001b[Hgone', 'gone'],
  ['\u0007\u009b1mx\u007f', '1mx'],
])('%j is %j', (printed, plain) => {
  expect(plainText(printed)).toBe(plain);
});

test('whatever was printed, no control character is left but tab and line feed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (printed) => {
      expect(plainText(printed)).not.toMatch(/(?![\t\n])\p{Cc}/u);
    }),
  );
});
