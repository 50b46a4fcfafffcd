// A handler of `catch` waits for errors by name: for one that nothing raises, or that a handler before it takes, it waits in vain.
import { ERROR_NAMES, NEVER_BY_DEFAULT } from '../../assembly/error-names.ts';
import { POLICIES } from '../../assembly/policies.ts';
import type { DefinitionDocument } from '../document.ts';
import { listNames } from '../list-names.ts';
import { listAssembly, listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

export const catchError: Rule = (document) => {
  const handlers = listAssembly(document).catch;
  const isRaised = raisedIn(document);
  /** Errors that a handler before takes, the default one apart. */
  const taken = new Set<string>();
  const firstDefault = handlers.findIndex(({ errors }) => errors === 'default');
  return handlers.flatMap(({ errors }, i): Finding[] => {
    if (errors === 'default') return [];
    const path = ['x-ibm-configuration', 'assembly', 'catch', i, 'errors'];
    const findings = errors
      .filter((name) => !isRaised(name))
      .map((name): Finding => {
        const near = ERROR_NAMES.find((known) => known.toLowerCase() === name.toLowerCase());
        const mend = near ? `Write ${near}.` : 'Give a throw or a context.reject that name.';
        const message = `Nothing raises the error ${name.slice(0, 60)}, so this handler never runs for it. ${mend}`;
        return { severity: 'warning', rule: 'catch-error-unknown', message, path };
      });
    const twice = errors.filter((name) => taken.has(name));
    if (twice.length > 0) {
      const message = `A handler before this one takes ${listNames(twice)}: the first that takes an error runs, and no other. Put its policies there.`;
      findings.push({ severity: 'warning', rule: 'catch-order', message, path });
    }
    for (const name of errors) taken.add(name);
    if (firstDefault !== -1 && firstDefault < i) {
      const message = `A default handler stands before this one and takes its errors, but for ${NEVER_BY_DEFAULT.join(' and ')}. Put the default one last.`;
      findings.push({ severity: 'warning', rule: 'catch-order', message, path });
    }
    return findings;
  });
};

/** Whether something in the definition can raise an error of a name: the product's policies, a `throw`, or a script, in any text of which the name may stand. */
function raisedIn(document: DefinitionDocument): (name: string) => boolean {
  const names = new Set<unknown>(ERROR_NAMES);
  let any = false;
  for (const { policy, properties } of listPolicies(document)) {
    if (policy === 'throw') names.add(properties.name);
    // What a policy raises that the lab does not know, or a throw whose name comes with the request, nobody can tell here.
    any ||= !POLICIES.has(policy) || (policy === 'throw' && textOf(properties.name).includes('$('));
    if (policy !== 'gatewayscript') continue;
    for (const [, text] of textOf(properties.source).matchAll(/['"`]([^'"`\n]*)['"`]/g)) names.add(text);
  }
  return (name) => any || names.has(name);
}

/** Not `String`: an object may be written whose own `toString` is no function. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
