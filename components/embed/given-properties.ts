// The attribute `properties` of a `<gatewayscript-sandbox>`: what the script finds in `api.properties`.
import { z } from 'zod/mini';
import { LabProblem } from '../lab-server/lab-problem.ts';

const names = z.record(z.string(), z.unknown());

/** A JSON object; nothing where there is no attribute. Throws a LabProblem for anything else. */
export function givenProperties(attribute: string | null): Record<string, unknown> {
  if (attribute === null || attribute.trim() === '') return {};
  try {
    return names.parse(JSON.parse(attribute));
  } catch {
    throw new LabProblem(
      0,
      'properties',
      'The attribute properties of this element is no JSON object.',
      'Whoever wrote this page can mend it: properties=\'{"greeting": "hello"}\'.',
    );
  }
}
