// The limits of a plan, an API or an operation, from the three members that a product may have for them.
import type { Finding } from '../definition/rule.ts';
import type { LimitGroup } from './product.ts';
import type { WrittenLimits } from './product-document.ts';
import { BURST_UNITS, type Limit, parseRate, RATE_UNITS, zeroSentence } from './rate-limit.ts';

type Path = (string | number)[];
type WrittenLimit = NonNullable<WrittenLimits['rate-limit']>;

/** `null` where none of the members is there. `scope` is for counting, `path` for what is found wrong. */
export function readLimits(
  written: WrittenLimits,
  scope: string,
  path: Path,
  findings: Finding[],
): LimitGroup | null {
  const rates = Object.entries(written['rate-limits'] ?? {});
  const bursts = Object.entries(written['burst-limits'] ?? {});
  const older = written['rate-limit'];
  if (rates.length === 0 && bursts.length === 0 && !older) return null;
  const limits: Limit[] = [];

  function add(kind: Limit['kind'], name: string, value: string, hard: boolean, at: Path) {
    const units = kind === 'rate' ? RATE_UNITS : BURST_UNITS;
    const rate = parseRate(value, units);
    if (rate) {
      limits.push({ kind, name, ...rate, hard, text: value.trim() });
      if (rate.calls !== 0) return;
      const message = zeroSentence(name, value, hard, kind === 'rate' ? '100/1hour' : '10/1second');
      findings.push({ severity: 'warning', rule: 'rate-limit-zero', message, path: [...at, 'value'] });
    } else {
      const message = `${value} is no limit. Write calls/time, e.g. 100/1minute, or unlimited; the unit is one of ${units.join(', ')}.`;
      findings.push({ severity: 'error', rule: 'rate-limit-form', message, path: [...at, 'value'] });
    }
  }
  function addRate(name: string, { value, 'hard-limit': hard }: WrittenLimit, at: Path) {
    add('rate', name, value, hard, at);
    if (hard || value.trim() === 'unlimited') return;
    const message = `The rate limit ${name} is soft: calls above it are let through and logged. For 429 add hard-limit: true.`;
    findings.push({ severity: 'info', rule: 'rate-limit-soft', message, path: at });
  }

  for (const [name, limit] of rates) addRate(name, limit, [...path, 'rate-limits', name]);
  if (older) addRate('default', older, [...path, 'rate-limit']);
  for (const [name, { value }] of bursts) add('burst', name, value, true, [...path, 'burst-limits', name]);
  return { scope, limits };
}
