// An API without an assembly does nothing with a request.
import { EXECUTE } from '../listed-assembly.ts';
import type { Rule } from '../rule.ts';

export const assembly: Rule = (document) => {
  const configuration = document['x-ibm-configuration'];
  const mend = 'Add x-ibm-configuration: assembly: execute: with a policy in it.';
  if (!configuration?.assembly) {
    const message = `The definition has no x-ibm-configuration.assembly, so the gateway would have nothing to do. ${mend}`;
    return [
      { severity: 'error', rule: 'assembly-missing', message, path: ['x-ibm-configuration', 'assembly'] },
    ];
  }
  if ((configuration.assembly.execute ?? []).length === 0) {
    const message = `assembly.execute has no policy: every request gets 200 with an empty body. ${mend}`;
    return [{ severity: 'warning', rule: 'assembly-empty', message, path: EXECUTE }];
  }
  return [];
};
