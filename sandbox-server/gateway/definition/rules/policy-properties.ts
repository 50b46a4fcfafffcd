// The properties of the policies that the lab runs: names that they have, values of the right type.
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { POLICIES } from '../../assembly/policies.ts';
import { refers } from '../../assembly/property-reader.ts';
import { type ListedPolicy, listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';
import { shapeFindings } from '../shape.ts';

/** Properties of the policy `invoke`, which people copy from there. */
const OF_INVOKE =
  /^(secure-gateway|http-version|verb|backend-type|cache-.*|output|stop-on-error|compression|persistent-connection|keep-payload)$/;

export const policyProperties: Rule = (document) =>
  listPolicies(document).flatMap((listed) => [...unknownNames(listed), ...wrongTypes(listed)]);

function unknownNames({ policy, properties, path }: ListedPolicy): Finding[] {
  const kind = POLICIES.get(policy);
  if (!kind) return [];
  const names = Object.keys(kind.properties.shape);
  return Object.keys(properties)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const where = OF_INVOKE.test(name) && policy === 'websocket-upgrade' ? '; it is one of invoke' : '';
      const message = `${policy} has no property ${name}${where}. It has ${names.join(', ')}.`;
      return { severity: 'warning', rule: 'property-unknown', message, path: [...path, name] };
    });
}

/** A value that only traffic can tell, `$(name)`, is of no type yet. */
function wrongTypes({ policy, properties, path }: ListedPolicy): Finding[] {
  const error = POLICIES.get(policy)?.properties.safeParse(properties).error;
  if (!error) return [];
  if (policy === 'gatewayscript' && typeof properties.source !== 'string') {
    const message = 'gatewayscript has no script. It belongs under source, as a block of text.';
    return [{ severity: 'error', rule: 'property-type', message, path: [...path, 'source'] }];
  }
  return shapeFindings(error, 'property-type', path).filter((finding) => {
    const value = memberAt(properties, finding.path.slice(path.length));
    return value === undefined || !refers(value);
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
