// Policies that the lab does not run are no fault of the definition; traffic that reaches one is told so.
import { POLICIES } from '../../assembly/policies.ts';
import { listNames } from '../list-names.ts';
import { listPolicies } from '../listed-assembly.ts';
import { nearestName } from '../nearest-name.ts';
import { PRODUCT_POLICIES } from '../product-policies.ts';
import type { Rule } from '../rule.ts';

export const policyUnknown: Rule = (document) =>
  listPolicies(document)
    .filter(({ policy }) => !POLICIES.has(policy))
    .map(({ policy, path }) => ({
      severity: 'warning',
      rule: 'policy-unknown',
      message: `${what(policy)} A request that reaches it gets 500. The lab runs: ${[...POLICIES.keys()].join(', ')}.`,
      path,
    }));

function what(policy: string): string {
  const known = PRODUCT_POLICIES.get(policy);
  if (known) return `The lab does not run the policy ${policy}. In the product: ${known.description}`;
  const nearest = nearestName(policy, [...POLICIES.keys(), ...PRODUCT_POLICIES.keys()]);
  const mend = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return `The lab does not run the policy ${listNames([policy])}: it is none of the product’s own, and those that users define do not run here.${mend}`;
}
