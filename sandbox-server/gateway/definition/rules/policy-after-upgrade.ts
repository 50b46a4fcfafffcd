// `websocket-upgrade` ends the transaction: what stands after it never runs (seen in the field), and in `finally` it comes too late.
import { type ListedPolicy, listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

export const policyAfterUpgrade: Rule = (document) => {
  /** Lists that have had their upgrade, in reading order. */
  const ended = new Set<readonly ListedPolicy[]>();
  return listPolicies(document).flatMap(({ policy, path, list }): Finding[] => {
    const after = ended.has(list);
    if (policy === 'websocket-upgrade') ended.add(list);
    if (policy === 'websocket-upgrade' && path[2] === 'finally' && !after) {
      const message =
        'websocket-upgrade in finally never switches protocols: the answer stands by then. Put it at the end of execute.';
      return [{ severity: 'warning', rule: 'upgrade-in-finally', message, path }];
    }
    if (!after) return [];
    const message = `${policy} stands after websocket-upgrade and never runs. What shall happen at the handshake belongs before it.`;
    return [{ severity: 'warning', rule: 'policy-after-upgrade', message, path }];
  });
};
