// Each member of a list of policies is one policy: a name with its properties under it.
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { listAssembly } from '../listed-assembly.ts';
import type { Rule } from '../rule.ts';

export const policyForm: Rule = (document) =>
  listAssembly(document).strays.map(({ member, path }) => ({
    severity: 'error',
    rule: 'policy-form',
    message: `${found(member)} A policy is one name, with its properties indented below it.`,
    path,
  }));

function found(member: JsonValue): string {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return 'This is no policy.';
  const names = Object.keys(member);
  if (names.length === 0) return 'This policy has no name.';
  if (names.length === 1) return `${names[0]} has something else than properties below it.`;
  return `Here stand ${names.length} names side by side: ${names.join(', ')}.`;
}
