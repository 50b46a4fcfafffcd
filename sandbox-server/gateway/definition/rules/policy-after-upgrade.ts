// `websocket-upgrade` ends the transaction: what stands after it never runs (seen in the field).
import { listPolicies } from '../listed-assembly.ts';
import type { Rule } from '../rule.ts';

export const policyAfterUpgrade: Rule = (document) =>
  listPolicies(document)
    .filter(({ list }, _, all) => all.some((other) => other.list === list && isUpgrade(other)))
    .filter((listed) => listed.list.indexOf(listed) > listed.list.findIndex(isUpgrade))
    .map(({ policy, path }) => ({
      severity: 'warning',
      rule: 'policy-after-upgrade',
      message: `${policy} stands after websocket-upgrade and never runs. What shall happen at the handshake belongs before it.`,
      path,
    }));

function isUpgrade({ policy }: { policy: string }): boolean {
  return policy === 'websocket-upgrade';
}
