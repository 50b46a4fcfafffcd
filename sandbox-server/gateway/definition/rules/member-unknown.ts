// Members with a slip in their names, where nothing else would tell: `finaly`, `securty`, `POST`. Of others nobody can say that the product does not know them.
import { listNames } from '../list-names.ts';
import type { Path } from '../listed-assembly.ts';
import { nearestName } from '../nearest-name.ts';
import type { Finding, Rule } from '../rule.ts';
import { assembly, handler } from '../schema/assembly.ts';
import { configuration, property } from '../schema/configuration.ts';
import { definition } from '../schema/definition.ts';
import { pathItem } from '../schema/paths.ts';

export const memberUnknown: Rule = (document) => {
  const settings = document['x-ibm-configuration'];
  const at: Path = ['x-ibm-configuration'];
  return [
    ...slips(document, definition.shape, []),
    ...Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      slips(item, pathItem.unwrap().shape, ['paths', path]),
    ),
    ...slips(settings, configuration.shape, at),
    ...Object.entries(settings?.properties ?? {}).flatMap(([name, each]) =>
      slips(each, property.shape, [...at, 'properties', name]),
    ),
    ...slips(settings?.assembly, assembly.shape, [...at, 'assembly']),
    ...(settings?.assembly?.catch ?? []).flatMap((each, i) =>
      slips(each, handler.shape, [...at, 'assembly', 'catch', i]),
    ),
  ];
};

function slips(value: unknown, shape: object, path: Path): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  const known = Object.keys(shape);
  return Object.keys(value).flatMap((name): Finding[] => {
    if (known.includes(name)) return [];
    const nearest = nearestName(name, known);
    // Where both stand, the other is none of a slip's.
    if (nearest === null || Object.hasOwn(value, nearest)) return [];
    const message = `${listNames([name])} is no member of this object, so it does nothing. Did you mean ${nearest}?`;
    return [{ severity: 'warning', rule: 'member-unknown', message, path: [...path, name] }];
  });
}
