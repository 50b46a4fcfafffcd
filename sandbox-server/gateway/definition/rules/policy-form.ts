// Each member of `execute` is one policy: a name with its properties under it.
import { EXECUTE, readPolicy } from '../document.ts';
import type { Rule } from '../rule.ts';

export const policyForm: Rule = (document) => {
  const execute = document['x-ibm-configuration']?.assembly?.execute ?? [];
  return execute.flatMap((member, i) => {
    if (readPolicy(member)) return [];
    const names = Object.keys(member);
    const message = `${found(names)} A policy is one name, with its properties indented below it.`;
    return [{ severity: 'error' as const, rule: 'policy-form', message, path: [...EXECUTE, i] }];
  });
};

function found(names: readonly string[]): string {
  if (names.length === 0) return 'This policy has no name.';
  if (names.length === 1) return `${names[0]} has something else than properties below it.`;
  return `Here stand ${names.length} names side by side: ${names.join(', ')}.`;
}
