// What the product does and the lab does not (yet): deployed, but without effect, and never in silence.
import { listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

const WITHOUT_EFFECT = [
  'request-assembly',
  'response-assembly',
  'tls-profile',
  'decode-request-params',
  'encode-plus-char',
];

export const notEmulated: Rule = (document) => {
  const assembly = document['x-ibm-configuration']?.assembly;
  const parts = (['catch', 'finally'] as const)
    .filter((name) => assembly?.[name] !== undefined && assembly[name] !== null)
    .map((name) => told(`assembly.${name}`, ['x-ibm-configuration', 'assembly', name]));
  const properties = listPolicies(document)
    .filter(({ policy }) => policy === 'websocket-upgrade')
    .flatMap(({ properties, path }) =>
      WITHOUT_EFFECT.filter((name) => isSet(properties[name])).map((name) => told(name, [...path, name])),
    );
  return [...parts, ...properties];
};

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 'false';
}

function told(name: string, path: (string | number)[]): Finding {
  const message = `${name} has no effect in the lab: it is read, but not run.`;
  return { severity: 'warning', rule: 'not-emulated', message, path };
}
