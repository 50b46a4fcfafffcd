// The JSON Schema of what the definition editor takes, a definition or a product, made of the schemas that the server reads them with.
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
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    if: { required: ['product'] },
    // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema, and nobody awaits a schema.
    then: tellStanding(schemaOf(productDocument)),
    else: tellStanding(schemaOf(definition)),
    $defs: {
      policy: {
        type: 'object',
        description: 'One policy: its name, with its properties below it.',
        properties: mapped(Object.fromEntries(policies)),
      },
    },
  };
}

/** A hover and a completion show descriptions and nothing else: so each gets its standing after it. */
function tellStanding(schema: JsonSchema): JsonSchema {
  const { standing: _, ...told } = schema;
  const { data } = words.safeParse(schema);
  if (data) told.description = `${data.description}\n\n(${STANDING_WORDS[data.standing]})`;
  if (told.properties) told.properties = mapped(told.properties);
  if (told.anyOf) told.anyOf = told.anyOf.map(tellStanding);
  if (typeof told.additionalProperties === 'object')
    told.additionalProperties = tellStanding(told.additionalProperties);
  if (typeof told.items === 'object' && !Array.isArray(told.items)) told.items = tellStanding(told.items);
  return told;
}

function mapped(properties: NonNullable<JsonSchema['properties']>): NonNullable<JsonSchema['properties']> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [
      name,
      typeof member === 'object' ? tellStanding(member) : member,
    ]),
  );
}
