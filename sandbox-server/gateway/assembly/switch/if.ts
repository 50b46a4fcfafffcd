// The construct `if`: its policies run where the condition holds.
import { z } from 'zod';
import { listAt } from '../branches.ts';
import { evaluateCondition } from '../condition/condition.ts';
import { checkCondition } from '../condition/condition-check.ts';
import { failed } from '../failure.ts';
import type { Policy, PolicyKind } from '../policy.ts';
import { propertyReader } from '../property-reader.ts';
import { commonProperties } from '../property-types.ts';

const properties = z
  .looseObject({
    ...commonProperties,
    condition: z
      .string()
      .nullish()
      .meta({
        description: 'JSONata, as in switch.',
        standing: 'inferred',
        examples: ["$header('X-Trace') = 'on'"],
      }),
    execute: z
      .array(z.unknown())
      .nullish()
      .meta({ description: 'The policies that run where the condition holds.', standing: 'documented' }),
  })
  .meta({
    description:
      'Runs its policies where a condition holds. Documented for the older gateway; published definitions of the API gateway have it too.',
    standing: 'seen',
  });

const read = propertyReader(properties, ['condition', 'execute']);

const run: Policy = async (transaction, node, parts) => {
  const { condition } = read(node, transaction);
  const result = await evaluateCondition(condition ?? '', transaction, parts);
  if ('error' in result) {
    const why = `The condition of ${node.title} (line ${node.line}) cannot be evaluated: ${result.error}`;
    return failed(transaction, { name: 'RuntimeError', why, status: 500, moreInformation: '' });
  }
  return result.value ? parts.runPolicies(node.branches[0] ?? []) : { kind: 'next' };
};

export const ifPolicy: PolicyKind = {
  name: 'if',
  // Which version the API gateway has is not published.
  versions: ['2.0.0', '1.0.0'],
  properties,
  branches: (given) => [{ path: ['execute'], members: listAt(given, 'execute') }],
  check: (given) => checkCondition(given.condition, ['condition']),
  run,
};
