// The policy `switch`: the first case whose condition holds, else `otherwise`.
import { z } from 'zod';
import { isJsonObject } from '../../../gatewayscript/json-object.ts';
import type { JsonObject } from '../../../gatewayscript/types.ts';
import { listAt } from '../branches.ts';
import { firstThatHolds } from '../condition/condition.ts';
import { checkCondition } from '../condition/condition-check.ts';
import { failed } from '../failure.ts';
import type { Policy, PolicyKind } from '../policy.ts';
import { propertyReader } from '../property-reader.ts';
import { commonProperties } from '../property-types.ts';

const policies = (description: string) =>
  z.array(z.unknown()).nullish().meta({ description, standing: 'documented' });

const properties = z
  .looseObject({
    ...commonProperties,
    case: z
      .array(
        z.looseObject({
          condition: z
            .string()
            .nullish()
            .meta({
              description:
                'JSONata, with the functions $httpVerb(), $operationID(), $operationPath(), $statusCode(), $header(name), $queryParameter(name), $urlParameter(name), $storageType() and $apiCtx().',
              standing: 'documented',
              examples: ["$httpVerb() = 'GET' and $operationPath() = '/chat'"],
            }),
          execute: policies('The policies that run where the condition holds.'),
          otherwise: policies('The policies that run where no condition holds, wherever it stands.'),
        }),
      )
      .meta({ description: 'The cases, in the order in which they are tried.', standing: 'documented' }),
  })
  .meta({
    description: 'Runs the policies of the first case whose condition holds.',
    standing: 'documented',
  });

const read = propertyReader(properties, ['case']);

const run: Policy = async (transaction, node, parts) => {
  const { case: cases } = read(node, transaction);
  const otherwise = cases.findIndex((each) => each.otherwise);
  // Wherever it stands, `otherwise` is for when no condition holds (IBM, "switch").
  const tried = cases.flatMap((each, i) => (each.otherwise ? [] : { i, condition: each.condition ?? '' }));
  const result = await firstThatHolds(
    tried.map(({ condition }) => condition),
    transaction,
    parts,
  );
  const found = result.at === null ? undefined : tried[result.at]?.i;
  if ('error' in result) {
    const which = found === undefined ? 'A condition' : `The condition of case ${found + 1}`;
    const why = `${which} of ${node.title} (line ${node.line}) cannot be evaluated: ${result.error}`;
    return failed(transaction, { name: 'RuntimeError', why, status: 500, moreInformation: '' });
  }
  return parts.runPolicies(node.branches[found ?? otherwise] ?? []);
};

/** Takes properties of any shape. */
function casesOf(properties: JsonObject): JsonObject[] {
  return listAt(properties, 'case').map((each) => (isJsonObject(each) ? each : {}));
}

export const switchPolicy: PolicyKind = {
  name: 'switch',
  versions: ['2.0.0'],
  properties,
  branches: (given) =>
    casesOf(given).map((each, i) => {
      const name = each.otherwise ? 'otherwise' : 'execute';
      return { path: ['case', i, name], members: listAt(each, name) };
    }),
  check: (given) =>
    casesOf(given).flatMap((each, i) =>
      each.otherwise ? [] : checkCondition(each.condition, ['case', i, 'condition']),
    ),
  run,
};
