// The limits that `ratelimit` counts against, where a definition has them: amounts that can be read, and that let something through.
import { declaredLimits } from '../../assembly/ratelimit/declared-limits.ts';
import type { Finding, Rule } from '../rule.ts';

export const assemblyLimits: Rule = (document) => {
  const { faults, zeros } = declaredLimits(document);
  return [
    ...faults.map((fault): Finding => ({ ...fault, severity: 'error', rule: 'assembly-limit' })),
    ...zeros.map((zero): Finding => ({ ...zero, severity: 'warning', rule: 'assembly-limit-zero' })),
  ];
};
