// The properties of the policies that the lab runs: names that they have, values of the right type.
import { upgradeProperties } from '../../assembly/upgrade-properties.ts';
import { type ListedPolicy, listPolicies } from '../document.ts';
import type { Finding, Rule } from '../rule.ts';
import { shapeFindings } from '../shape.ts';

const NAMES = new Map<string, ReadonlySet<string>>([
  ['websocket-upgrade', new Set(Object.keys(upgradeProperties.shape))],
  ['gatewayscript', new Set(['version', 'title', 'description', 'source'])],
]);

/** Properties of the policy `invoke`, which people copy from there. */
const OF_INVOKE =
  /^(secure-gateway|http-version|verb|backend-type|cache-.*|output|stop-on-error|compression|persistent-connection|keep-payload)$/;

export const policyProperties: Rule = (document) =>
  listPolicies(document).flatMap((listed) => [...unknownNames(listed), ...wrongTypes(listed)]);

function unknownNames({ policy, properties, path }: ListedPolicy): Finding[] {
  const names = NAMES.get(policy);
  if (!names) return [];
  return Object.keys(properties)
    .filter((name) => !names.has(name))
    .map((name) => {
      const where = OF_INVOKE.test(name) && policy === 'websocket-upgrade' ? '; it is one of invoke' : '';
      const message = `${policy} has no property ${name}${where}. It has ${[...names].join(', ')}.`;
      return { severity: 'warning', rule: 'property-unknown', message, path: [...path, name] };
    });
}

function wrongTypes({ policy, properties, path }: ListedPolicy): Finding[] {
  if (policy === 'websocket-upgrade') {
    const { error } = upgradeProperties.safeParse(properties);
    return error ? shapeFindings(error, 'property-type', path) : [];
  }
  if (policy === 'gatewayscript' && typeof properties.source !== 'string') {
    const message = 'gatewayscript has no script. It belongs under source, as a block of text.';
    return [{ severity: 'error', rule: 'property-type', message, path: [...path, 'source'] }];
  }
  return [];
}
