import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mendDiff } from './mend-diff.ts';

const text = fc
  .array(fc.constantFrom('a', 'b: 1', '  c', ''), { minLength: 1, maxLength: 12 })
  .map((lines) => `${lines.join('\n')}\n`);

test('without the inserted lines the diff is the broken text, without the deleted ones the mended', () => {
  fc.assert(
    fc.property(text, text, (broken, mended) => {
      const diff = mendDiff(broken, mended);
      const lines = diff.text.split('\n');
      const without = (taken: number[]) => `${lines.filter((_, i) => !taken.includes(i + 1)).join('\n')}\n`;
      expect(without(diff.inserted)).toBe(broken);
      expect(without(diff.deleted)).toBe(mended);
    }),
  );
});

test('a definition that is not mended has no marked line', () => {
  const same = 'swagger: 2\nbasePath: /a\n';
  expect(mendDiff(same, same)).toEqual({ text: same.trimEnd(), deleted: [], inserted: [] });
});
