// `websocket-upgrade` ends the transaction: what stands after it never runs (seen in the field).
import { listPolicies } from '../document.ts';
import type { Rule } from '../rule.ts';

export const policyAfterUpgrade: Rule = (document) => {
  const policies = listPolicies(document);
  const upgrade = policies.findIndex(({ policy }) => policy === 'websocket-upgrade');
  if (upgrade === -1) return [];
  return policies.slice(upgrade + 1).map(({ policy, path }) => ({
    severity: 'warning',
    rule: 'policy-after-upgrade',
    message: `${policy} stands after websocket-upgrade and never runs. What shall happen at the handshake belongs before it.`,
    path,
  }));
};
