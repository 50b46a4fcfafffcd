import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fragmentOf, headsOfFragment } from './fragment.ts';
import { HEAD_MAX_CHARACTERS } from './heads/head-text.ts';
import { PRESETS, START } from './presets.ts';

const bytes = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 500 });

test('an address gives back the very bytes, in letters that no chat breaks', () => {
  fc.assert(
    fc.property(bytes, bytes, (request, response) => {
      const fragment = fragmentOf({ request, response });
      expect(fragment).toMatch(/^[\w=&-]+$/);
      expect(headsOfFragment(fragment)).toEqual({ request, response });
    }),
  );
});

test('a preset has a name for its address, and the start needs none', () => {
  for (const { id, heads } of PRESETS) {
    expect(headsOfFragment(id)).toEqual(heads);
    expect(fragmentOf(heads)).toBe(heads === START ? '' : id);
  }
});

test('a heading, a damaged fragment and one that is too long are none', () => {
  const long = btoa('a'.repeat(HEAD_MAX_CHARACTERS + 1)).replace(/=+$/, '');
  for (const fragment of [
    '',
    'what-to-look-at',
    'request=R0',
    'request=A&response=B',
    `request=${long}&response=`,
  ])
    expect(headsOfFragment(fragment), fragment.slice(0, 40)).toBeNull();
  fc.assert(fc.property(fc.string(), (fragment) => void headsOfFragment(fragment)));
});
