// Members that the lab does not read and whose shape is wrong: the product may refuse them, the lab goes on.
import type { Finding, Rule } from '../rule.ts';
import { definition } from '../schema/definition.ts';
import { shapeFindings } from '../shape.ts';

/** What rules of their own look at. */
const TOLD =
  /^(security|securityDefinitions|components\.securitySchemes)(\.|$)|^paths\..*\.security(\.|$)|^x-ibm-configuration\.assembly-/;

export const memberForm: Rule = (document) => {
  const { error } = definition.safeParse(document);
  if (!error) return [];
  return shapeFindings(error, 'member-form')
    .filter(({ path }) => !TOLD.test(path.join('.')))
    .map(
      (finding): Finding => ({
        ...finding,
        severity: 'warning',
        message: `${finding.message} The lab does not read it; API Connect may refuse it.`,
      }),
    );
};
