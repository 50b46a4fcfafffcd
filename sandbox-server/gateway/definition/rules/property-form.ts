// An API property is an object with its value under `value`; one that stands by itself works here, and not in API Connect.
import type { Finding, Rule } from '../rule.ts';

export const propertyForm: Rule = (document) =>
  Object.entries(document['x-ibm-configuration']?.properties ?? {}).flatMap(([name, property]): Finding[] => {
    if (typeof property === 'object') return [];
    const message = `${name} stands without "value". The lab takes it; for API Connect write "value: ${property}" under ${name}.`;
    return [
      {
        severity: 'warning',
        rule: 'property-form',
        message,
        path: ['x-ibm-configuration', 'properties', name],
      },
    ];
  });
