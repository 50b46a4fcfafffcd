// The policy `ratelimit`: counts against limits by name, at this point of the assembly, and refuses what is too much.
import { z } from 'zod';
import type { Header, JsonObject } from '../../../gatewayscript/types.ts';
import type { DefinitionDocument } from '../../definition/document.ts';
import type { Finding } from '../../definition/rule.ts';
import type { Organization } from '../../types.ts';
import { definitionOf, keepDefinition } from '../deployed-definition.ts';
import { failed } from '../failure.ts';
import type { Policy, PolicyEnd, PolicyKind, Transaction } from '../policy.ts';
import { propertyReader } from '../property-reader.ts';
import { commonProperties } from '../property-types.ts';
import { readVariable } from '../variable.ts';
import { type Count, type Counters, type CountState, createCounters } from './counters.ts';
import { type DeclaredLimit, declaredLimits, LIMIT_KINDS } from './declared-limits.ts';
import { giveBackAtEnd } from './give-back.ts';

/** A limit by name alone, or with what is to be done to it. */
const named = <Operation extends string>(operations: readonly [Operation, ...Operation[]]) =>
  z
    .array(
      z.union([
        z.string().transform((name) => ({ name, operation: operations[0] })),
        z.looseObject({
          name: z.string().meta({ description: 'The name of the limit.', standing: 'documented' }),
          operation: z
            .enum(operations)
            .default(() => operations[0])
            .meta({
              description: 'Whether the call is counted, or given back to the limit.',
              standing: 'documented',
            }),
        }),
      ]),
    )
    .nullish()
    .transform((list) => list ?? []);

export const ratelimitProperties = z
  .looseObject({
    ...commonProperties,
    source: z
      .enum(['plan-default', 'plan-named', 'catalog-named', 'collection-named', 'gateway-named'])
      .default('plan-default')
      .meta({
        description:
          'Where the limits are configured. In the lab, whatever it says, limits with a name are those that the definition has below x-ibm-configuration: assembly-rate-limits, assembly-burst-limits and assembly-count-limits.',
        standing: 'documented',
        examples: ['plan-named'],
      }),
    'rate-limit': named(['consume', 'replenish']).meta({
      description: 'Rate limits by name, each with the operation consume or replenish.',
      standing: 'documented',
      examples: [[{ name: 'orders', operation: 'consume' }]],
    }),
    'burst-limit': named(['consume']).meta({
      description: 'Burst limits by name: limits of seconds or minutes, which always refuse.',
      standing: 'documented',
    }),
    'count-limit': named(['inc', 'dec']).meta({
      description:
        'Count limits by name, each with the operation inc or dec: so much at once, however long it takes.',
      standing: 'documented',
      examples: [[{ name: 'connections', operation: 'inc' }]],
    }),
  })
  .meta({
    description:
      'Counts against limits, and answers 429 to what is too much. At a WebSocket it acts once, on the handshake; a count limit with auto-decrement bounds the open connections.',
    standing: 'documented',
  });

type RatelimitProperties = z.output<typeof ratelimitProperties>;

const read = propertyReader(ratelimitProperties);

/** The counts of each sandbox, for as long as there is one. */
const counters = new WeakMap<Organization, Counters>();

const run: Policy = async (transaction, node) => {
  const declared = declaredLimits(definitionOf(node)).limits;
  const taken = wanted(read(node, transaction), declared).map(({ limit, back }) => ({
    limit,
    count: countOf(limit, back, transaction),
  }));
  const counts = counters.get(transaction.organization) ?? createCounters();
  counters.set(transaction.organization, counts);

  const states = counts.take(taken.map(({ count }) => count));
  const over = taken.flatMap(({ limit, count }, i) => {
    const state = states[i];
    return state && count.weight > 0 && state.remaining < 0 ? [{ limit, state }] : [];
  });
  const refusing = over.find(({ limit }) => limit.hard);
  if (refusing) return refused(refusing.limit, refusing.state, transaction);
  for (const { limit, state } of over)
    transaction.emit({ type: 'gateway-log', level: 'warn', code: null, text: sentence(limit, state) });
  for (const { limit, count } of taken)
    if (limit.autoDecrement) giveBackAtEnd(transaction.signal, counts, count);
  return { kind: 'next' };
};

export const ratelimit: PolicyKind = {
  name: 'ratelimit',
  versions: ['2.0.0', '2.1.0', '2.2.0', '2.3.0'],
  properties: ratelimitProperties,
  prepare: keepDefinition,
  check: checkRatelimit,
  run,
};

/** The limits that a policy names, and whether it gives back. */
function wanted(
  properties: RatelimitProperties,
  declared: readonly DeclaredLimit[],
): { limit: DeclaredLimit; back: boolean }[] {
  return LIMIT_KINDS.flatMap((kind) =>
    properties[kind].flatMap(({ name, operation }) =>
      declared
        .filter((limit) => limit.kind === kind && limit.name === name && Number.isFinite(limit.units))
        .map((limit) => ({ limit, back: operation === 'replenish' || operation === 'dec' })),
    ),
  );
}

/** Whose count it is: by the API's name and the application, where the limit says so (seen in published products). */
function countOf(limit: DeclaredLimit, back: boolean, transaction: Transaction): Count {
  const { kind, name, text, units, intervalMs, hard } = limit;
  const api = limit.useApiName ? transaction.api.name : null;
  const client = limit.useClient ? (readVariable('client.app.id', transaction) ?? '') : null;
  const weight = weightOf(limit, transaction);
  return {
    id: JSON.stringify([kind, name, text, api, client]),
    units,
    intervalMs,
    hard,
    weight: back ? -weight : weight,
  };
}

/** A number, or the variable that holds one; what is no number counts as 1 and is told (lab's choice). */
function weightOf({ name, weight }: DeclaredLimit, transaction: Transaction): number {
  const written = /^\d/.test(weight)
    ? weight
    : readVariable(weight.replace(/^\$\((.*)\)$/, '$1'), transaction);
  const units = Number(written ?? Number.NaN);
  if (Number.isFinite(units) && units >= 0 && units <= 1e9) return Math.floor(units);
  const text = `ratelimit: the weight of ${name} is ${written ?? `missing: ${weight} has no value`}; counted as 1.`;
  transaction.emit({ type: 'gateway-log', level: 'warn', code: null, text });
  return 1;
}

function refused(limit: DeclaredLimit, state: CountState, transaction: Transaction): PolicyEnd {
  const { resetMs } = state;
  const name = /^[\t\x20-\x7e\x80-\xff]*$/.test(limit.name) ? limit.name : 'limit';
  const headers: Header[] = [
    ['X-RateLimit-Limit', `name=${name},${limit.units};`],
    ['X-RateLimit-Remaining', `name=${name},0;`],
    ...(resetMs === null ? [] : [['X-RateLimit-Reset', String(Math.ceil(resetMs / 1_000))] satisfies Header]),
  ];
  return failed(transaction, {
    name: 'AssemblyRateLimitError',
    why: sentence(limit, state),
    status: limit.isClient ? 429 : 503,
    moreInformation: 'Assembly Rate Limit exceeded',
    headers: limit.isClient ? headers : [],
  });
}

function sentence({ name, text }: DeclaredLimit, { resetMs }: CountState): string {
  const next = resetMs === null ? '' : ` The next interval starts in ${Math.ceil(resetMs / 1_000)} s.`;
  return `The assembly limit ${name} (${text}) is used up.${next}`;
}

function checkRatelimit(properties: JsonObject, document: DefinitionDocument): Finding[] {
  const { data } = ratelimitProperties.safeParse(properties);
  if (!data) return [];
  if (LIMIT_KINDS.every((kind) => data[kind].length === 0)) {
    const message =
      data.source === 'plan-default'
        ? 'The lab counts the limits of a plan once, on the request itself, and not again here.'
        : 'ratelimit names no limit, so it counts nothing. Name one below rate-limit, burst-limit or count-limit.';
    return [{ severity: 'warning', rule: 'ratelimit-none', message, path: ['source'] }];
  }
  const { limits, faults } = declaredLimits(document);
  return LIMIT_KINDS.flatMap((kind) =>
    data[kind].flatMap(({ name }, i): Finding[] => {
      // A limit that cannot be read is told at its own place.
      const known = limits.some((limit) => limit.kind === kind && limit.name === name);
      if (known || faults.some(({ path }) => path.includes(`assembly-${kind}s`))) return [];
      const example = kind === 'count-limit' ? '3' : '100/1hour';
      const message = `There is no limit ${name}, so nothing is counted. Declare it below x-ibm-configuration: assembly-${kind}s: ${name}: [{value: ${example}}].`;
      return [{ severity: 'warning', rule: 'ratelimit-unknown', message, path: [kind, i] }];
    }),
  );
}
