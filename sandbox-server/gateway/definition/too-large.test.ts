import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tooLarge } from './too-large.ts';

test('any text is told of exactly when it has more bytes than it may, with both numbers, at the first character that is too much', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\n'));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.integer({ min: 1, max: 200 }), (lines, maxBytes) => {
      const text = lines.join('\n');
      const told = tooLarge(text, maxBytes, 'A file');
      const bytes = Buffer.byteLength(text);
      if (bytes <= maxBytes) {
        expect(told).toBeNull();
        return;
      }
      expect(told).toMatchObject({ severity: 'error', rule: 'too-large', path: [] });
      expect(told?.message).toContain(`may have ${maxBytes} bytes at most, and this has ${bytes};`);
      const { line: at = 0, column = 0 } = told ?? {};
      const before = [...lines.slice(0, at - 1), (lines[at - 1] ?? '').slice(0, column - 1)].join('\n');
      const next = String.fromCodePoint(text.codePointAt(before.length) ?? 0);
      expect(Buffer.byteLength(before)).toBeLessThanOrEqual(maxBytes);
      expect(Buffer.byteLength(before + next)).toBeGreaterThan(maxBytes);
    }),
  );
});
