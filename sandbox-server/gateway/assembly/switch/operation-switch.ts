// The policy `operation-switch`: the first case that lists the operation that is called, else `otherwise`.
import { z } from 'zod';
import { listAt } from '../branches.ts';
import type { Policy, PolicyKind, Transaction } from '../policy.ts';
import { propertyReader } from '../property-reader.ts';
import { commonProperties } from '../property-types.ts';

const policies = (description: string) =>
  z.array(z.unknown()).nullish().meta({ description, standing: 'documented' });

const operation = z.union([
  z.string(),
  z.looseObject({
    verb: z.string().nullish().meta({ description: 'The HTTP method, in any case.', standing: 'documented' }),
    path: z
      .string()
      .nullish()
      .meta({ description: 'The path as in the definition.', standing: 'documented' }),
  }),
]);

const properties = z
  .looseObject({
    ...commonProperties,
    case: z
      .array(
        z.looseObject({
          operations: z
            .array(operation)
            .default([])
            .meta({
              description: 'Operations, each by verb and path or by its operationId.',
              standing: 'documented',
              examples: [[{ verb: 'get', path: '/chat' }]],
            }),
          execute: policies('The policies that run for these operations.'),
        }),
      )
      .default([])
      .meta({ description: 'The cases, in the order in which they are tried.', standing: 'documented' }),
    otherwise: policies('The policies that run for every other operation.'),
  })
  .meta({
    description: 'Runs the policies of the first case that lists the operation.',
    standing: 'documented',
  });

const read = propertyReader(properties, ['case', 'otherwise']);

const run: Policy = async (transaction, node, parts) => {
  const { case: cases } = read(node, transaction);
  const found = cases.findIndex(({ operations }) => operations.some((each) => isCalled(each, transaction)));
  // The branch of `otherwise` is the last.
  return parts.runPolicies(node.branches[found === -1 ? cases.length : found] ?? []);
};

function isCalled(listed: z.output<typeof operation>, { operation: called }: Transaction): boolean {
  if (typeof listed === 'string') return listed === called.id;
  const verb = listed.verb ?? called.method;
  return verb.toLowerCase() === called.method && (listed.path ?? called.path) === called.path;
}

export const operationSwitch: PolicyKind = {
  name: 'operation-switch',
  versions: ['2.0.0'],
  properties,
  branches: (given) => [
    ...listAt(given, 'case').map((each, i) => ({
      path: ['case', i, 'execute'],
      members: listAt(each, 'execute'),
    })),
    { path: ['otherwise'], members: listAt(given, 'otherwise') },
  ],
  run,
};
