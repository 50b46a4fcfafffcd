// The JSON Schema of what the definition editor takes, a definition or a product, made of the schemas that the server reads them with.

import { z } from 'zod';
import { POLICIES } from '../../assembly/policies.ts';
import { productDocument } from '../../plans/product-document.ts';
import { PRODUCT_POLICIES } from '../product-policies.ts';
import { definition } from '../schema/definition.ts';
import { STANDING_WORDS, words } from '../schema/words.ts';
import { knownPolicySchema, policySchema } from './policy-schema.ts';
import { type JsonSchema, schemaOf } from './schema-of.ts';

/** Lenient where the server is: unknown members pass. A text with `product` at its top is a product. */
export function definitionJsonSchema(): JsonSchema {
  const policies = [
    ...[...POLICIES.values()].map((kind) => [kind.name, policySchema(kind)] as const),
    ...[...PRODUCT_POLICIES].map(([name, policy]) => [name, knownPolicySchema(policy)] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  return tellStanding({
    $schema: 'http://json-schema.org/draft-07/schema#',
    if: { required: ['product'] },
    // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema, and nobody awaits a schema.
    then: schemaOf(productDocument),
    else: schemaOf(definition),
    $defs: {
      policy: {
        type: 'object',
        description: 'One policy: its name, with its properties below it.',
        properties: Object.fromEntries(policies),
      },
    },
  });
}

const object = z.record(z.string(), z.unknown());

/** A hover and a completion show descriptions and nothing else: so each gets its standing after it. */
function tellStanding(schema: JsonSchema): JsonSchema {
  const told = { ...schema };
  for (const [name, value] of Object.entries(schema)) {
    // Below these stands what a definition may hold, which is no schema.
    if (name === 'default' || name === 'examples' || name === 'enum') continue;
    if (Array.isArray(value))
      told[name] = value.map((member) => (object.safeParse(member).success ? tellStanding(member) : member));
    else if (object.safeParse(value).success) told[name] = tellStanding(object.parse(value));
  }
  delete told.standing;
  const { data } = words.safeParse(schema);
  if (data) told.description = `${data.description}\n\n(${STANDING_WORDS[data.standing]})`;
  return told;
}
