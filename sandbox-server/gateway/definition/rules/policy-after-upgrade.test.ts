import fc from 'fast-check';
import { expect, it } from 'vitest';
import { definitionDocument } from '../document.ts';
import { policyAfterUpgrade } from './policy-after-upgrade.ts';

/** A policy: one that ends the transaction, one that does not, or an `if` with policies in it. */
type Policy = 'websocket-upgrade' | 'log' | { if: Policy[] };

const { list } = fc.letrec<{ list: Policy[]; policy: Policy }>((tie) => ({
  list: fc.array(tie('policy'), { maxLength: 5 }),
  policy: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('websocket-upgrade', 'log'),
    fc.record({ if: tie('list') }),
  ),
}));

const written = (policy: Policy): object =>
  typeof policy === 'string' ? { [policy]: {} } : { if: { execute: policy.if.map(written) } };

/** The ways to the policies that stand after an upgrade of their own list. */
function after(policies: Policy[], path: (string | number)[]): string[] {
  const upgrade = policies.indexOf('websocket-upgrade');
  return policies.flatMap((policy, i) => {
    const own = [...path, i, typeof policy === 'string' ? policy : 'if'];
    return [
      ...(upgrade !== -1 && i > upgrade ? [own.join('.')] : []),
      ...(typeof policy === 'string' ? [] : after(policy.if, [...own, 'execute'])),
    ];
  });
}

function told(execute: Policy[]): string[] {
  const document = definitionDocument.parse({
    'x-ibm-configuration': { assembly: { execute: execute.map(written) } },
  });
  return policyAfterUpgrade(document, { targetOrigins: [] }).map(({ path }) => path.join('.'));
}

it('every policy after an upgrade of its list is told, and no other, however they are nested', () => {
  fc.assert(
    fc.property(list, (policies) => {
      expect(told(policies)).toEqual(after(policies, ['x-ibm-configuration', 'assembly', 'execute']));
    }),
  );
});

it('so it is in the longest list', () => {
  const policies = Array.from({ length: 20_000 }, (): Policy => 'websocket-upgrade');
  expect(told(policies)).toHaveLength(policies.length - 1);
});
