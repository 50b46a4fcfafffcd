import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, textOf, withLineEnds } from './head-text.ts';

const bytes = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 300 });

test('any bytes are the same bytes after they were text', () => {
  fc.assert(
    fc.property(bytes, (head) => {
      expect(bytesOf(textOf(head))).toBe(head);
    }),
  );
});

test('every byte but LF is something that can be seen', () => {
  fc.assert(
    fc.property(bytes, (head) => {
      expect(textOf(head)).toMatch(/^[\n\x20-\x7e\xa1-\xac\xae-\xff↵→⟨⟩]*$/);
    }),
  );
});

test('any text becomes bytes, and its own signs stay what they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const head = bytesOf(text);
      expect([...head].every((byte) => byte.charCodeAt(0) < 256)).toBe(true);
      expect(bytesOf(textOf(head))).toBe(head);
    }),
  );
  expect(bytesOf('a↵\n→⟨00⟩⟨A0⟩€')).toBe('a\r\n\t\0\xa0\xe2\x82\xac');
});

test('typed and pasted line breaks are CR and LF, unless the text shows its own', () => {
  expect(withLineEnds('a\nb\r\nc')).toBe('a↵\nb↵\nc');
  expect(withLineEnds('a↵\nb\n')).toBe('a↵\nb\n');
});
