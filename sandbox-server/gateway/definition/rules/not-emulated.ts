// What the product does and the lab does not (yet): deployed, but without effect, and never in silence.
import type { DefinitionDocument } from '../document.ts';
import type { Finding, Rule } from '../rule.ts';

export const notEmulated: Rule = (document) => {
  const assembly = document['x-ibm-configuration']?.assembly;
  const parts = (['catch', 'finally'] as const)
    .filter((name) => assembly?.[name] !== undefined && assembly[name] !== null)
    .map((name) => told(`assembly.${name}`, ['x-ibm-configuration', 'assembly', name]));
  return [...parts, ...security(document)];
};

/** An API that asks for a key would let everyone in: that must be told most of all. */
function security(document: DefinitionDocument): Finding[] {
  const { security: asked, securityDefinitions, components } = document;
  const places: [unknown, string[]][] = [
    [asked, ['security']],
    [securityDefinitions, ['securityDefinitions']],
    [
      typeof components === 'object' && components !== null && 'securitySchemes' in components
        ? components.securitySchemes
        : undefined,
      ['components', 'securitySchemes'],
    ],
  ];
  return places
    .filter(([value]) => typeof value === 'object' && value !== null && Object.keys(value).length > 0)
    .map(([, path]) => ({
      severity: 'warning',
      rule: 'not-emulated',
      message: `${path.join('.')} has no effect in the lab: it lets every client in.`,
      path,
    }));
}

function told(name: string, path: (string | number)[]): Finding {
  const message = `${name} has no effect in the lab: it is read, but not run.`;
  return { severity: 'warning', rule: 'not-emulated', message, path };
}
