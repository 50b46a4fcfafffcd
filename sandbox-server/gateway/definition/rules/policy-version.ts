// The version of a policy belongs to the gateway type: 2.x.x is the API gateway's.
import { listPolicies } from '../document.ts';
import type { Rule } from '../rule.ts';

const VERSIONS = new Map([
  ['websocket-upgrade', '2.0.0'],
  ['gatewayscript', '2.0.0'],
]);

export const policyVersion: Rule = (document) =>
  listPolicies(document).flatMap(({ policy, properties, path }) => {
    const wanted = VERSIONS.get(policy);
    const { version } = properties;
    if (wanted === undefined || version === wanted) return [];
    const found = version === undefined ? 'has no version' : `has the version ${String(version)}`;
    const message = `${policy} ${found}; the DataPower API Gateway has ${wanted}.`;
    return [{ severity: 'warning' as const, rule: 'policy-version', message, path: [...path, 'version'] }];
  });
