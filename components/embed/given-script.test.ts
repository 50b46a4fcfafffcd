import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutIndent } from './given-script.ts';

test('a script loses the indent of the page’s markup, and keeps its own', () => {
  expect(withoutIndent('\n\n    if (a) {\n\n      b();\n    }\n  \n')).toBe('if (a) {\n\n  b();\n}');
});

test('whatever the markup’s indent, the script is the same', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '(', ' ', '.') }).map((text) => `x${text}x`);
  const indents = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1 }),
      indents,
      fc.constantFrom('\n', '\r\n'),
      (lines, indent, end) => {
        const markup = `${end}${lines.map((each) => indent + each).join(end)}${end}${indent}`;
        expect(withoutIndent(markup)).toBe(lines.join('\n'));
      },
    ),
  );
});

test('nothing is an empty script', () => {
  for (const text of ['', '\n', '  \n\t\n']) expect(withoutIndent(text)).toBe('');
});
