// A script that the gateway cannot parse is told at deployment, not only when the first client meets it.
import { findSyntaxError } from '../../../gatewayscript/language/parse-script.ts';
import { listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

/** A warning: the definition itself is right, and a client that comes gets 500 as on the gateway (lab's choice). */
export const scriptSyntax: Rule = (document) =>
  listPolicies(document).flatMap(({ policy, properties, path }): Finding[] => {
    const { source } = properties;
    if (policy !== 'gatewayscript' || typeof source !== 'string') return [];
    const error = findSyntaxError(source, Number.POSITIVE_INFINITY);
    if (!error) return [];
    const message = `The script does not parse, so a client gets 500. Line ${error.line} of the script: ${error.message}.`;
    return [{ severity: 'warning', rule: 'script-syntax', message, path: [...path, 'source'] }];
  });
