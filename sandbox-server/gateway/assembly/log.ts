// The policy `log`: what it asks of the product's activity log is told in the sandbox's.
import { z } from 'zod';
import type { Policy, PolicyKind } from './policy.ts';
import { propertyReader } from './property-reader.ts';
import { commonProperties } from './property-types.ts';

const properties = z
  .looseObject({
    ...commonProperties,
    mode: z.enum(['gather-only', 'send-only', 'gather-and-send']).default('gather-and-send').meta({
      description: 'Whether log data are gathered, sent, or both.',
      standing: 'documented',
    }),
    'log-level': z.enum(['none', 'activity', 'header', 'payload', 'default']).nullish().meta({
      description: 'What is logged of the call, from version 2.1.0 on; default is what activity-log says.',
      standing: 'documented',
    }),
  })
  .meta({
    description: 'Has the activity log note the call. In the lab a line in the gateway’s log.',
    standing: 'documented',
  });

const read = propertyReader(properties);

const run: Policy = async (transaction, node) => {
  const { mode, 'log-level': level } = read(node, transaction);
  const { status } = transaction.message;
  const what =
    level === 'none' ? 'nothing' : `${transaction.request.method} ${transaction.request.path.split('?')[0]}`;
  const text = `log (${mode}${level ? `, ${level}` : ''}): ${what}${status ? `, status ${status.code}` : ''}.`;
  transaction.emit({ type: 'gateway-log', level: 'notice', code: null, text });
  return { kind: 'next' };
};

export const logPolicy: PolicyKind = { name: 'log', versions: ['2.0.0', '2.1.0'], properties, run };
