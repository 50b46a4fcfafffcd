// The policy `throw`: an error of the reader's own name, for `catch`.
import { z } from 'zod';
import { failed } from './failure.ts';
import type { Policy, PolicyKind } from './policy.ts';
import { propertyReader } from './property-reader.ts';
import { commonProperties, wholeNumber } from './property-types.ts';

const properties = z
  .looseObject({
    ...commonProperties,
    name: z
      .string()
      .min(1)
      .max(200)
      .meta({
        description: 'The name of the error, which a catch can list.',
        standing: 'documented',
        examples: ['TooCold'],
      }),
    message: z.string().max(2_000).nullish().meta({
      description: 'What error.message says, and the client reads where nothing catches it.',
      standing: 'documented',
    }),
    'error-status-code': wholeNumber(100, 599).nullish().meta({
      description:
        'The HTTP status that goes with the error, from version 2.1.0 on; 500 where it is not given.',
      standing: 'documented',
    }),
    'error-status-reason': z.string().nullish().meta({
      description: 'The reason phrase that goes with the status, from version 2.1.0 on.',
      standing: 'documented',
    }),
  })
  .meta({ description: 'Ends the assembly with an error of a name of your own.', standing: 'documented' });

const read = propertyReader(properties);

const run: Policy = async (transaction, node) => {
  const { name, message, 'error-status-code': code, 'error-status-reason': reason } = read(node, transaction);
  return failed(transaction, {
    name,
    why: message ?? '',
    // A status below 300 would tell the client that nothing is wrong (lab's choice).
    status: code !== null && code !== undefined && code >= 300 ? code : 500,
    ...(reason ? { reason } : {}),
    moreInformation: message ?? '',
  });
};

export const throwPolicy: PolicyKind = { name: 'throw', versions: ['2.0.0', '2.1.0'], properties, run };
