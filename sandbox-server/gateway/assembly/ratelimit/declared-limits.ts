// The limits that `ratelimit` names: as a plan of a product has them, and in the lab as the definition itself has them.
import { z } from 'zod';
import type { DefinitionDocument } from '../../definition/document.ts';
import { shapeFindings } from '../../definition/shape.ts';
import { zeroSentence } from '../../plans/rate-limit.ts';
import { flag } from '../property-types.ts';

export const LIMIT_KINDS = ['rate-limit', 'burst-limit', 'count-limit'] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** One limit; several of one name hold side by side. */
export interface DeclaredLimit {
  kind: LimitKind;
  name: string;
  /** As written, for the log. */
  text: string;
  /** Units that pass in an interval, or at once for a count; `Infinity` where it is unlimited. */
  units: number;
  /** Milliseconds; `null` for a count, which has no interval. */
  intervalMs: number | null;
  /** Refuses when it is used up; else it is only told. */
  hard: boolean;
  /** 429 for a client's own limit, 503 for one that is not the client's doing. */
  isClient: boolean;
  /** A number, or the variable that holds one. */
  weight: string;
  useApiName: boolean;
  useClient: boolean;
  /** A count goes down again when the connection is closed. */
  autoDecrement: boolean;
}

const UNITS: Record<string, number> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

const seen = (description: string, examples?: unknown[]) => ({
  description,
  standing: 'seen' as const,
  ...(examples ? { examples } : {}),
});

/** Members and their words as published products have them; `cache-only` is of gateways with peers. */
const scheme = z
  .looseObject({
    value: z
      .union([z.string(), z.number()])
      .transform(String)
      .meta(seen('How much, and in which time; a count is a number.', ['100/1hour', 'unlimited'])),
    'hard-limit': flag.default(true).meta(seen('Whether what is too much is refused, or only logged.')),
    'is-client': flag.default(true).meta(seen('Whether the client is at fault, who gets 429; else 503.')),
    'use-api-name': flag.default(false).meta(seen('Whether each API has a count of its own.')),
    'use-app-id': flag.default(false).meta(seen('Whether each application has a count of its own.')),
    'use-client-id': flag.default(false).meta(seen('Whether each client id has a count of its own.')),
    'auto-decrement': flag
      .default(false)
      .meta(seen('Whether a count goes down again when the connection is closed.')),
    weight: z
      .union([z.string(), z.number()])
      .transform(String)
      .default('1')
      .meta(seen('What one call counts: a number, or the variable that holds one.')),
  })
  .meta(seen('One limit.'));
export const limitSchemes = z.record(
  z.string(),
  z.union([z.array(scheme), scheme.transform((one) => [one])]),
);

export interface Declared {
  limits: DeclaredLimit[];
  /** What cannot be read, with the way to it in the definition. */
  faults: { path: (string | number)[]; message: string }[];
  /** Limits that let nothing through. */
  zeros: Declared['faults'];
}

const PLACE = 'x-ibm-configuration';

const read = new WeakMap<DefinitionDocument, Declared>();

/** `assembly-rate-limits`, `-burst-limits` and `-count-limits` below `x-ibm-configuration` (lab's choice of place; the form is that of a plan). */
export function declaredLimits(document: DefinitionDocument): Declared {
  const known = read.get(document);
  if (known) return known;
  const made: Declared = { limits: [], faults: [], zeros: [] };
  for (const kind of LIMIT_KINDS) {
    const place = `assembly-${kind}s`;
    for (const { name, path, written } of writtenLimits(document[PLACE]?.[place], place, made.faults)) {
      const parsed = scheme.safeParse(written);
      if (!parsed.success) {
        made.faults.push(...shapeFindings(parsed.error, 'assembly-limit', path));
        continue;
      }
      const one = parsed.data;
      const amount = kind === 'count-limit' ? readCount(one.value) : readRate(one.value);
      if (amount === null) {
        const wanted = kind === 'count-limit' ? 'a whole number' : 'e.g. 100/1hour';
        const message = `${place}.${name}: ${JSON.stringify(one.value)} is no limit; expected ${wanted}, or unlimited.`;
        made.faults.push({ path: [...path, 'value'], message });
        continue;
      }
      const hard = one['hard-limit'] || kind === 'burst-limit';
      if (amount.units === 0) {
        const message = zeroSentence(name, one.value, hard, kind === 'count-limit' ? '3' : '100/1hour');
        made.zeros.push({ path: [...path, 'value'], message });
      }
      made.limits.push({
        kind,
        name,
        text: one.value,
        ...amount,
        hard,
        isClient: one['is-client'],
        weight: one.weight,
        useApiName: one['use-api-name'],
        useClient: one['use-app-id'] || one['use-client-id'],
        autoDecrement: one['auto-decrement'] && kind === 'count-limit',
      });
    }
  }
  read.set(document, made);
  return made;
}

/** Each limit below a place, as it is written: a name has one, or a list of them. */
function writtenLimits(given: unknown, place: string, faults: Declared['faults']) {
  const named = z.record(z.string(), z.unknown()).nullish().safeParse(given);
  if (!named.success) {
    const message = `${place} takes names, each with a list of limits such as {value: 100/1hour}.`;
    faults.push({ path: [PLACE, place], message });
  }
  return Object.entries(named.data ?? {}).flatMap(([name, value]) => {
    const path = [PLACE, place, name];
    if (!Array.isArray(value)) return [{ name, path, written: value }];
    return value.map((written: unknown, i) => ({ name, path: [...path, i], written }));
  });
}

type Amount = Pick<DeclaredLimit, 'units' | 'intervalMs'>;

function readCount(text: string): Amount | null {
  return (
    unlimited(text) ?? (/^\d{1,9}$/.test(text.trim()) ? { units: Number(text), intervalMs: null } : null)
  );
}

function readRate(text: string): Amount | null {
  const [, calls, length, unit = ''] =
    /^(\d{1,9})\/(\d{1,4})(second|minute|hour|day|week)s?$/.exec(text.trim()) ?? [];
  const intervalMs = Number(length) * (UNITS[unit] ?? 0);
  return unlimited(text) ?? (intervalMs > 0 ? { units: Number(calls), intervalMs } : null);
}

function unlimited(text: string): Amount | null {
  return text.trim().toLowerCase() === 'unlimited'
    ? { units: Number.POSITIVE_INFINITY, intervalMs: null }
    : null;
}
