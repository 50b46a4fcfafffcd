// The shape of an API definition, as far as the lab reads it; members that it does not read may be as they like.
import { z } from 'zod';
import type { JsonValue } from '../../gatewayscript/types.ts';

/** What `readSource` gives is JSON already. */
const json = z.custom<JsonValue>(() => true);
const members = z.record(z.string(), json);
const list = z.array(json).nullish();
/** Versions are often written without quotes, and then are numbers. */
const version = z.union([z.string(), z.number()]).transform(String);

/** API Connect's form is `{value: …}`; a value that stands by itself is meant the same, and a rule says so. */
const property = z
  .union([z.looseObject({ value: json.optional() }), z.string(), z.number(), z.boolean()], {
    error: 'expected an object with the member value',
  })
  .nullable();

const configuration = z.looseObject({
  gateway: z.string().optional(),
  properties: z.record(z.string(), property).nullish(),
  catalogs: z.record(z.string(), z.looseObject({ properties: members.nullish() }).nullable()).nullish(),
  assembly: z
    .looseObject({
      execute: z.array(members).nullish(),
      catch: z
        .array(z.looseObject({ errors: z.array(z.string()).nullish(), execute: list, default: list }))
        .nullish(),
      finally: list,
    })
    .nullish(),
});

/** OpenAPI 2 and 3 in one: which of the two it is, `swagger` or `openapi` says. */
export const definitionDocument = z.looseObject({
  swagger: version.optional(),
  openapi: version.optional(),
  info: z
    .looseObject({
      title: version.optional(),
      version: version.optional(),
      'x-ibm-name': z.string().min(1).optional(),
    })
    .nullish(),
  basePath: z.string().optional(),
  schemes: z.array(z.enum(['http', 'https', 'ws', 'wss'])).optional(),
  servers: z.array(z.looseObject({ url: z.string() })).optional(),
  paths: z.record(z.string(), z.looseObject({}).nullable()).nullish(),
  'x-ibm-configuration': configuration.nullish(),
});

export type DefinitionDocument = z.output<typeof definitionDocument>;
