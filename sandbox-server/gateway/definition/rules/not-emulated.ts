// What the product does and the lab does not (yet): deployed, but without effect, and never in silence.
import type { Finding, Rule } from '../rule.ts';

export const notEmulated: Rule = (document) => {
  const assembly = document['x-ibm-configuration']?.assembly;
  return (['catch', 'finally'] as const)
    .filter((name) => assembly?.[name] !== undefined && assembly[name] !== null)
    .map((name) => told(`assembly.${name}`, ['x-ibm-configuration', 'assembly', name]));
};

function told(name: string, path: (string | number)[]): Finding {
  const message = `${name} has no effect in the lab: it is read, but not run.`;
  return { severity: 'warning', rule: 'not-emulated', message, path };
}
