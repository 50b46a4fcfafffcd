import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['target-url', 'tls-profile', 'timeout', 'type', 'values', 'set', 'add'];

it.each([
  ['target-uri', 'target-url'],
  ['targetUrl', 'target-url'],
  ['TARGET_URL', 'target-url'],
  ['taget-url', 'target-url'],
  ['time-out', 'timeout'],
  ['typ', 'type'],
  ['value', 'values'],
  ['sett', 'set'],
])('%s is near to %s', (written, name) => {
  expect(nearestName(written, known)).toBe(name);
});

it.each(['', 'x', 'go', 'mode', 'url', 'description', '__proto__', 'x'.repeat(1_000)])(
  '%s is near to none',
  (written) => {
    expect(nearestName(written, known)).toBeNull();
  },
);

it('a long name with one keystroke wrong is near to the right one, and to no other', () => {
  const name = fc.stringMatching(/^[a-z]{9,20}$/);
  const slip = fc.record({ at: fc.nat(), letter: fc.stringMatching(/^[a-z]$/), takes: fc.nat({ max: 1 }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 20 }),
      fc.nat(),
      slip,
      (names, which, wrong) => {
        const right = names[which % names.length] ?? '';
        const at = wrong.at % right.length;
        const written = right.slice(0, at) + wrong.letter + right.slice(at + wrong.takes);
        const found = nearestName(written, names);
        expect(names).toContain(found);
        if (names.length === 1) expect(found).toBe(right);
      },
    ),
  );
});
