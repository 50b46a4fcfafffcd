// header-control and parameter-control: patterns that work, and names that are not out of use.
import { upgradeProperties } from '../../assembly/upgrade-properties.ts';
import { readControl } from '../../target/control.ts';
import { listPolicies } from '../document.ts';
import type { Finding, Rule } from '../rule.ts';

const NOW = new Map([
  ['blacklist', 'blocklist'],
  ['whitelist', 'allowlist'],
]);

export const control: Rule = (document) =>
  listPolicies(document)
    .filter(({ policy }) => policy === 'websocket-upgrade')
    .flatMap(({ properties, path }) => {
      const { data } = upgradeProperties.safeParse(properties);
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
        const reading = readControl(property);
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
