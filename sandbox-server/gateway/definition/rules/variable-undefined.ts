// References to variables that nobody has set by then: in the product and in the lab they are empty.
import type { JsonObject, JsonValue } from '../../../gatewayscript/types.ts';
import { POLICIES } from '../../assembly/policies.ts';
import { type ListedPolicy, listPolicies } from '../listed-assembly.ts';
import { propertiesOf } from '../properties.ts';
import type { Finding, Rule } from '../rule.ts';

/** Roots of the context that the gateway fills, or a policy under a name of its own: only traffic can tell what is below them. */
const OF_THE_CONTEXT = new Set(
  'request message api client plan system session local error log user jwt-validate'.split(' '),
);

/** Text that is code, where `$(` means something else. */
const CODE = new Set(['source', 'condition']);

export const variableUndefined: Rule = (document) => {
  const properties = propertiesOf(document);
  const findings: Finding[] = [];
  const set = new Set(OF_THE_CONTEXT);
  for (const listed of listPolicies(document)) {
    // What a policy that the lab does not know sets, nobody can tell here.
    if (!POLICIES.has(listed.policy)) break;
    const own = namesIn(listed);
    // An action of set-variable reads what those before it have set.
    if (listed.policy === 'set-variable') for (const name of own) set.add(name);
    findings.push(...openReferences(listed, properties, set));
    for (const name of own) set.add(name);
  }
  return findings;
};

/** The first names of all variables that a policy may set: values such as `set: mine.x` or `output: answer`, and any word of a script. */
function namesIn(listed: ListedPolicy): string[] {
  if (listed.policy === 'gatewayscript') {
    const { source } = listed.properties;
    return typeof source === 'string' ? [...new Set(source.match(/[\w-]+/g) ?? [])] : [];
  }
  return ownTexts(listed).map(({ text }) => rootOf(text));
}

function openReferences(listed: ListedPolicy, properties: JsonObject, set: ReadonlySet<string>): Finding[] {
  return ownTexts(listed).flatMap(({ text, path }) =>
    referencesIn(text).flatMap((name): Finding[] => {
      const ofTheApi = name.replace(/^api\.properties\./, '');
      if (name === '' || Object.hasOwn(properties, ofTheApi) || Object.hasOwn(properties, rootOf(ofTheApi)))
        return [];
      if (ofTheApi === name && set.has(rootOf(name))) return [];
      const message = `$(${name.slice(0, 60)}) is no property of this API, and no policy before this one sets it, so it will be empty. Add it under x-ibm-configuration: properties, or set it before.`;
      return [{ severity: 'warning', rule: 'variable-undefined', message, path }];
    }),
  );
}

function referencesIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/\$\(([^()]*)\)/g), ([, name = '']) => name.trim()))];
}

function rootOf(name: string): string {
  return /^[^.[\]]*/.exec(name.trim())?.[0] ?? '';
}

/** The texts of a policy's properties, without code and without the policies inside it: those are listed themselves. */
function ownTexts({ policy, properties, path }: ListedPolicy) {
  const branches = POLICIES.get(policy)?.branches?.(properties) ?? [];
  const inner = new Set(branches.map((branch) => branch.path.join('\n')));
  const texts: { text: string; path: (string | number)[] }[] = [];
  const collect = (value: JsonValue, at: (string | number)[]): void => {
    if (inner.has(at.join('\n')) || CODE.has(String(at.at(-1)))) return;
    if (typeof value === 'string') texts.push({ text: value, path: [...path, ...at] });
    else if (Array.isArray(value)) for (const [i, each] of value.entries()) collect(each, [...at, i]);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) collect(each, [...at, name]);
  };
  collect(properties, []);
  return texts;
}
