// The limits that `ratelimit` counts against, where a definition has them: amounts that can be read.
import { declaredLimits } from '../../assembly/ratelimit/declared-limits.ts';
import type { Rule } from '../rule.ts';

export const assemblyLimits: Rule = (document) =>
  declaredLimits(document).faults.map((fault) => ({ severity: 'error', rule: 'assembly-limit', ...fault }));
