// The properties of the policies that the lab runs: values of the right type.
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { POLICIES } from '../../assembly/policies.ts';
import { refers } from '../../assembly/property-reader.ts';
import { type ListedPolicy, listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';
import { shapeFindings } from '../shape.ts';

export const policyProperties: Rule = (document) => listPolicies(document).flatMap(wrongTypes);

/** A value that only traffic can tell, `$(name)`, is of no type yet. */
function wrongTypes({ policy, properties, path }: ListedPolicy): Finding[] {
  const error = POLICIES.get(policy)?.properties.safeParse(properties).error;
  if (!error) return [];
  return shapeFindings(error, 'property-type', path).flatMap((finding) => {
    const own = finding.path.slice(path.length);
    if (policy === 'gatewayscript' && own[0] === 'source')
      return {
        ...finding,
        message: 'gatewayscript has no script. It belongs under source, as a block of text.',
      };
    const value = memberAt(properties, own);
    return value === undefined || !refers(value) ? finding : [];
  });
}

function memberAt(value: JsonValue, path: readonly (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (member, name) =>
      typeof member === 'object' && member !== null
        ? Object.entries(member).find(([key]) => key === String(name))?.[1]
        : undefined,
    value,
  );
}
