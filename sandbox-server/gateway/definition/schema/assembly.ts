// What the gateway does with a request: `x-ibm-configuration.assembly`.
import { z } from 'zod';
import { json, members } from './values.ts';
import { documented } from './words.ts';

/** A list of policies inside a `catch` or in `finally`; rules look at its members. */
const list = z.array(json).nullish();

export const handler = z
  .looseObject({
    errors: z
      .array(z.string())
      .nullish()
      .meta(documented('The names of the errors that it takes.', [['ConnectionError', 'JavaScriptError']])),
    execute: list.meta(documented('The policies that run then.')),
    default: list.meta(documented('The policies that run for every error that no other handler takes.')),
  })
  .meta(documented('What runs after an error: `errors` with `execute`, or `default`.'));

export const assembly = z.looseObject({
  execute: z
    .array(members)
    .nullish()
    .meta(
      documented('The policies of the API, one after the other. Each member is a name with its properties.'),
    ),
  catch: z
    .array(handler)
    .nullish()
    .meta(documented('What runs when a policy fails, by the name of the error.')),
  finally: list.meta(
    documented(
      'The policies that run at the end in any case; of newer releases of the DataPower API Gateway.',
    ),
  ),
});
