// A definition without a target is completed for the check; whatever else a reader has typed comes to the compiler as it is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { upgradeApi } from './upgrade-api.ts';

const completed = (text: string) => upgradeApi.complete?.(text, 'websocket-upgrade.yaml') ?? '';
const withPolicy = (policy: string, before = '') =>
  `${before}x-ibm-configuration:\n  assembly:\n    execute:\n      - websocket-upgrade:${policy}\n`;

test('the target is put in where the policy has none, and an own one stays', () => {
  const made: unknown = parse(completed(withPolicy('\n          version: 2.0.0')));
  expect(made).toMatchObject({
    'x-ibm-configuration': {
      assembly: { execute: [{ 'websocket-upgrade': { 'target-url': 'http://backend:8091' } }] },
    },
  });
  const own = withPolicy(' {target-url: http://chat:1}');
  expect(completed(own)).toBe(own);
});

test.each([
  ['a policy without properties', withPolicy('')],
  ['a policy that is a text', withPolicy(' fast')],
  ['a policy that is a list', withPolicy(' [fast]')],
  ['an alias in its place', withPolicy(' *a', 'a: &a {version: 2.0.0}\n')],
  ['an alias of nothing', withPolicy(' {version: 2.0.0}', 'a: *none\n')],
  ['no list of policies', 'x-ibm-configuration: {assembly: {execute: fast}}'],
  ['no YAML', 'a: b: c'],
  ['nothing', ''],
  ['a text that is too long to be a lesson’s', withPolicy(' {version: 2.0.0}', `${'# \n'.repeat(10_000)}`)],
])('%s stays as it is', (_, text) => {
  expect(completed(text)).toBe(text);
});

test('whatever has been typed, nothing is thrown', () => {
  const piece = fc.constantFrom('*a', '&a', '{', '}', '[', ']', ': ', '- ', '\n', '  ', '!!x', '"', '|', 'a');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(typeof completed(withPolicy(pieces.join('')))).toBe('string');
    }),
  );
});
