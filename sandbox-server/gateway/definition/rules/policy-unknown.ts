// Policies that the lab does not run are no fault of the definition; traffic that reaches one is told so.
import { POLICIES } from '../../assembly/policies.ts';
import { listPolicies } from '../listed-assembly.ts';
import type { Rule } from '../rule.ts';

export const policyUnknown: Rule = (document) =>
  listPolicies(document)
    .filter(({ policy }) => !POLICIES.has(policy))
    .map(({ policy, path }) => ({
      severity: 'warning',
      rule: 'policy-unknown',
      message: `The lab does not run the policy ${policy}. A request that reaches it gets 500. It runs: ${[...POLICIES.keys()].join(', ')}.`,
      path,
    }));
