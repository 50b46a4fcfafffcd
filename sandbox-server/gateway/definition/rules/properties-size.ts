// API properties are kept for as long as the API is deployed, and copied for each script: so they have a bound.
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { propertiesOf } from '../properties.ts';
import type { Rule } from '../rule.ts';

/** Characters of names and values together, aliases unfolded (lab's choice). */
const MAX_CHARACTERS = 65_536;

export const propertiesSize: Rule = (document) => {
  if (remaining(propertiesOf(document), MAX_CHARACTERS) >= 0) return [];
  const message = `The properties of the API take more than ${MAX_CHARACTERS} characters together. Shorten their values.`;
  return [
    { severity: 'error', rule: 'properties-size', message, path: ['x-ibm-configuration', 'properties'] },
  ];
};

/** What is left of a budget after a value, negative where it was not enough. Counts, and writes nothing out: aliases make long texts cheap to hold. */
function remaining(value: JsonValue, budget: number): number {
  if (typeof value !== 'object' || value === null) return budget - String(value).length - 1;
  let left = budget - 2;
  for (const [name, member] of Object.entries(value)) {
    if (left < 0) return left;
    left = remaining(member, left - name.length);
  }
  return left;
}
