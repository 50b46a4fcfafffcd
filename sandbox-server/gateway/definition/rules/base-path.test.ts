import fc from 'fast-check';
import { expect, it } from 'vitest';
import { definitionText, upgradePolicy } from '../../started-gateway.fixture.ts';
import { compileDefinition } from '../compile.ts';

function toldOf(basePath: string) {
  const text = definitionText('/one', upgradePolicy()).replace('/one', JSON.stringify(basePath));
  return compileDefinition(text, 'one').diagnostics.filter(({ rule }) => rule.startsWith('base-path'));
}

const segment = fc.stringMatching(/^[a-z0-9._~-]{1,9}$/).filter((part) => part !== '.' && part !== '..');

it('what the mend says is right, whatever stands before and after the path', () => {
  const before = fc.constantFrom('', '/', 'https://gateway.example/', 'https://gateway.example');
  fc.assert(
    fc.property(
      before,
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '/', '//'),
      (start, parts, end) => {
        const right = `/${parts.join('/')}`;
        const written = start.endsWith('example')
          ? `${start}${right}${end}`
          : `${start}${parts.join('/')}${end}`;
        const [found] = toldOf(written);
        if (written === right) expect(found).toBeUndefined();
        else expect(found?.message).toMatch(new RegExp(`Write ${right.replaceAll('.', '\\.')}\\.$`));
      },
    ),
  );
});

it.each([
  ['/a/../b', 'error', /\. or \.\. as a segment/],
  ['/..', 'error', /as a segment/],
  ['/a/.', 'error', /as a segment/],
  ['/a\\b', 'error', /no backslash/],
  ['/a b', 'error', /no white space/],
  ['/a//b', 'error', /no empty segment/],
  ['/{tenant}/a', 'warning', /\{tenant\} means these very characters\. Put it into paths\.$/],
])('%s is no base path that a request has', (written, severity, message) => {
  expect(toldOf(written)).toMatchObject([{ severity, message: expect.stringMatching(message) }]);
});

it.each(['/a.b/..c', '/...', '/straße', '/a-b_c~d'])('%s is one', (written) => {
  expect(toldOf(written)).toEqual([]);
});
