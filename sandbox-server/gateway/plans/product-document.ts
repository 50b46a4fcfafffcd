// The shape of a product file, with the words for each of its members; the lab's own extensions begin with `x-lab-`.
import { z } from 'zod';

/** Versions are often written without quotes, and then are numbers. */
const version = z.union([z.string(), z.number()]).transform(String);
const text = z.string({ error: 'expected a text; put it in quotes' });

const limit = z
  .looseObject({
    value: text.meta({
      description:
        'Calls and time: <calls>/<number><unit>, or unlimited. Units are second, minute, hour, day, week.',
      standing: 'documented',
      examples: ['100/1hour', '10/1minute', 'unlimited'],
    }),
    'hard-limit': z.boolean().default(false).meta({
      description: 'Whether a call above the limit is refused with 429; a soft limit only logs it.',
      standing: 'documented',
    }),
  })
  .meta({ description: 'One rate limit of a plan.', standing: 'documented' });

/** All limits of a plan are looked at in each call and stand in its answer's head, so that they have a bound (lab's choice). */
const MAX_LIMITS = 10;
const few = (limits: object) => Object.keys(limits).length <= MAX_LIMITS;
const fewOnly = { error: `expected ${MAX_LIMITS} limits at most` };
const limitName = text.max(64, 'expected 64 characters at most');

const rateLimits = z.record(limitName, limit).refine(few, fewOnly).nullish().meta({
  description: 'Rate limits by name; all of them count. Each is per application.',
  standing: 'documented',
});

const burstLimits = z
  .record(
    limitName,
    z.looseObject({
      value: text.meta({
        description: 'Calls and a short time, in seconds or minutes.',
        standing: 'documented',
        examples: ['10/1second'],
      }),
    }),
  )
  .refine(few, fewOnly)
  .nullish()
  .meta({
    description: 'Burst limits by name, in seconds or minutes; always hard.',
    standing: 'documented',
  });

/** What a plan, an API of it and an operation of that have alike. */
const limits = {
  'rate-limits': rateLimits,
  'burst-limits': burstLimits,
  'rate-limit': limit.nullish().meta({
    description: 'The older form with one rate limit, which has no name.',
    standing: 'seen',
  }),
};

const operation = z
  .looseObject({
    operation: text.optional().meta({
      description: 'The method of the operation, in lower case.',
      standing: 'seen',
      examples: ['get'],
    }),
    path: text.optional().meta({ description: 'The path as in the API definition.', standing: 'seen' }),
    operationId: text.optional().meta({
      description: 'The operationId of the API definition, instead of method and path.',
      standing: 'inferred',
    }),
    ...limits,
  })
  .meta({
    description: 'An operation that the plan offers, with limits of its own in place of the plan’s.',
    standing: 'documented',
  });

const planApi = z
  .looseObject({
    operations: z.array(operation).nullish().meta({
      description: 'The operations that the plan offers; all of them where the list is missing or empty.',
      standing: 'seen',
    }),
    ...limits,
  })
  .nullable()
  .meta({
    description: 'An API of the product that the plan offers.',
    standing: 'documented',
  });

export const planForm = z
  .looseObject({
    title: version.optional().meta({ description: 'The name that people read.', standing: 'documented' }),
    description: version.nullish().meta({ description: 'What the plan is for.', standing: 'documented' }),
    approval: z.boolean().optional().meta({
      description: 'Whether a subscription needs approval; without effect in the lab, which has no portal.',
      standing: 'documented',
    }),
    ...limits,
    apis: z.record(z.string(), planApi).nullish().meta({
      description:
        'The APIs of the plan, by their names under apis; all of the product where it is missing or empty.',
      standing: 'seen',
    }),
  })
  .meta({ description: 'A plan: what an application may call, and how often.', standing: 'documented' });

/** The product does this in its Developer Portal; the lab has none, so that the file says it. */
const application = z
  .strictObject({
    name: text.min(1).max(100).meta({ description: 'The name of the application.', standing: 'lab' }),
    plan: text.meta({ description: 'The plan that it subscribes to.', standing: 'lab' }),
    'client-id': text
      .regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 visible ASCII characters')
      .optional()
      .meta({
        description: 'Its client id; the lab makes one up where it is left out, and tells it at deployment.',
        standing: 'lab',
      }),
    'client-secret': text
      .regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 visible ASCII characters')
      .optional()
      .meta({
        description:
          'Its client secret; the lab makes one up where it is left out, and tells it at deployment.',
        standing: 'lab',
      }),
    organization: text.min(1).max(100).default('lab').meta({
      description: 'The consumer organization that the application belongs to.',
      standing: 'lab',
    }),
    'lifecycle-state': z.enum(['DEVELOPMENT', 'PRODUCTION']).default('PRODUCTION').meta({
      description: 'What client.app.lifecycle-state is.',
      standing: 'lab',
    }),
  })
  .meta({ description: 'An application that subscribes to a plan of this product.', standing: 'lab' });

const reference = z
  .looseObject({
    name: text.optional().meta({
      description: 'The API by name (x-ibm-name) and version.',
      standing: 'documented',
      examples: ['websocket-upgrade:1.0.0'],
    }),
    $ref: text.optional().meta({
      description: 'The API by the file of its definition, named after the API, or <name>_<version>.',
      standing: 'documented',
      examples: ['websocket-upgrade.yaml'],
    }),
  })
  .meta({ description: 'An API of the product.', standing: 'documented' });

export const productDocument = z
  .looseObject({
    product: version.meta({ description: 'The version of the format, 1.0.0.', standing: 'documented' }),
    info: z
      .looseObject({
        name: text.min(1).meta({ description: 'The name of the product.', standing: 'documented' }),
        title: version.optional().meta({ description: 'The name that people read.', standing: 'documented' }),
        version: version.meta({ description: 'The version of the product.', standing: 'documented' }),
      })
      .meta({ description: 'What the product is called.', standing: 'documented' }),
    gateways: z
      .array(text)
      .nullish()
      .meta({
        description: 'The gateway types that it is for.',
        standing: 'documented',
        examples: [['datapower-api-gateway']],
      }),
    visibility: z.looseObject({}).nullish().meta({
      description: 'Who sees it in the Developer Portal; without effect in the lab, which has none.',
      standing: 'documented',
    }),
    apis: z.record(z.string(), reference).nullish().meta({
      description: 'The APIs of the product, each under a name that its plans use.',
      standing: 'documented',
    }),
    plans: z.record(z.string(), planForm).nullish().meta({
      description: 'The plans by name.',
      standing: 'documented',
    }),
    'x-lab-applications': z.array(application).max(200).nullish().meta({
      description: 'Who subscribes: the lab’s own, since the product does it in its Developer Portal.',
      standing: 'lab',
    }),
    'x-lab-user-registries': z.record(z.string(), z.record(z.string(), text)).nullish().meta({
      description:
        'User registries for Basic authentication by name, each with names and passwords: the lab’s own.',
      standing: 'lab',
    }),
  })
  .meta({ description: 'A product: APIs in plans that applications subscribe to.', standing: 'documented' });

export type ProductDocument = z.output<typeof productDocument>;
export type WrittenLimits = Pick<z.output<typeof planForm>, 'rate-limits' | 'burst-limits' | 'rate-limit'>;
