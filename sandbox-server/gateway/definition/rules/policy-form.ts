// Each member of `execute` is one policy: a name with its properties under it.
import { EXECUTE } from '../document.ts';
import type { Rule } from '../rule.ts';

export const policyForm: Rule = (document) => {
  const execute = document['x-ibm-configuration']?.assembly?.execute ?? [];
  return execute.flatMap((member, i) => {
    const names = Object.keys(member);
    if (names.length === 1) return [];
    const message =
      names.length === 0
        ? 'This policy has no name. Write it as "- name:" with its properties indented below.'
        : `Here stand ${names.length} names (${names.join(', ')}) where one policy belongs. Its properties must be indented below its name, and each policy needs its own "-".`;
    return [{ severity: 'error' as const, rule: 'policy-form', message, path: [...EXECUTE, i] }];
  });
};
