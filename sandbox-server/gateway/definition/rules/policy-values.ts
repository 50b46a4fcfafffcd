// What a policy itself says about its values, beyond their types: schemas that compile, names that exist, patterns that work.
import { POLICIES } from '../../assembly/policies.ts';
import { listPolicies } from '../listed-assembly.ts';
import type { Rule } from '../rule.ts';

export const policyValues: Rule = (document) =>
  listPolicies(document).flatMap(({ policy, properties, path }) =>
    (POLICIES.get(policy)?.check?.(properties, document) ?? []).map((finding) => ({
      ...finding,
      path: [...path, ...finding.path],
    })),
  );
