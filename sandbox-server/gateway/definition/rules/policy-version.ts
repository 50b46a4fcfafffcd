// The version of a policy belongs to the gateway type: 2.x.x is the API gateway's.
import { POLICIES } from '../../assembly/policies.ts';
import { listNames } from '../list-names.ts';
import { listPolicies } from '../listed-assembly.ts';
import type { Rule } from '../rule.ts';

export const policyVersion: Rule = (document) =>
  listPolicies(document).flatMap(({ policy, properties, path }) => {
    const versions = POLICIES.get(policy)?.versions;
    const { version } = properties;
    if (!versions || versions.some((known) => known === version)) return [];
    const written = typeof version === 'string' ? version : JSON.stringify(version);
    const found = version === undefined ? 'has no version' : `has the version ${listNames([written])}`;
    const message = `${policy} ${found}; the DataPower API Gateway has ${versions.join(', ')}. Write version: ${versions.at(-1)}.`;
    return [{ severity: 'warning' as const, rule: 'policy-version', message, path: [...path, 'version'] }];
  });
