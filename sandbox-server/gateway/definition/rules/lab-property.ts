// The lab's own two API properties take a few words only.
import { LAB_ATTACH, LAB_ECHO, propertiesOf } from '../properties.ts';
import type { Finding, Rule } from '../rule.ts';

export const labProperty: Rule = (document) => {
  const properties = propertiesOf(document);
  const known: [string, readonly string[]][] = [
    ['lab-echo', LAB_ECHO],
    ['lab-attach', LAB_ATTACH],
  ];
  return known.flatMap(([name, values]): Finding[] => {
    const value = properties[name];
    if (value === undefined || (typeof value === 'string' && values.includes(value))) return [];
    const message = `${name} is ${JSON.stringify(value)}; it takes ${values.join(' or ')}.`;
    return [
      {
        severity: 'warning',
        rule: 'lab-property',
        message,
        path: ['x-ibm-configuration', 'properties', name],
      },
    ];
  });
};
