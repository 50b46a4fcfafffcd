// header-control and parameter-control: patterns that work, and names that are not out of use.
import { z } from 'zod';
import { control as controlType } from '../../assembly/property-types.ts';
import { readControl } from '../../target/control.ts';
import { listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

const NOW = new Map([
  ['blacklist', 'blocklist'],
  ['whitelist', 'allowlist'],
]);

/** Characters of all patterns of a definition together: each is compiled at deployment. */
const MAX_CHARACTERS = 5_000;

const controls = z.looseObject({
  'header-control': controlType.nullish(),
  'parameter-control': controlType.nullish(),
});

export const control: Rule = (document) => {
  let characters = 0;
  return listPolicies(document)
    .filter(({ policy }) => policy === 'websocket-upgrade' || policy === 'invoke')
    .flatMap(({ properties, path }) => {
      const { data } = controls.safeParse(properties);
      return (['header-control', 'parameter-control'] as const).flatMap((name): Finding[] => {
        const property = data?.[name];
        if (!property) return [];
        const findings: Finding[] = [];
        const now = NOW.get(property.type);
        if (now !== undefined) {
          const message = `${property.type} is the older name; write ${now}.`;
          findings.push({
            severity: 'warning',
            rule: 'deprecated-name',
            message,
            path: [...path, name, 'type'],
          });
        }
        characters += property.values.reduce((sum, pattern) => sum + pattern.length, 0);
        const reading =
          characters > MAX_CHARACTERS
            ? { fault: `the patterns of the definition have more than ${MAX_CHARACTERS} characters together` }
            : readControl(property);
        if ('fault' in reading) {
          const message = `${name}: ${reading.fault}.`;
          findings.push({
            severity: 'error',
            rule: 'control-pattern',
            message,
            path: [...path, name, 'values'],
          });
        }
        return findings;
      });
    });
};
