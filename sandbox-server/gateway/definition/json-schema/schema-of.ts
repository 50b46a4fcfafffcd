// One zod schema as JSON Schema: what a reader writes, with the words for each member, for the editor and the reference pages.
import { z } from 'zod';

/** `standing` is the lab's own keyword, beside `description`. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Names under which a list of policies stands, in an assembly and inside policies. */
const POLICY_LISTS = new Set(['execute', 'default', 'otherwise', 'finally']);
const POLICY_LIST = { type: 'array', items: { $ref: '#/$defs/policy' } } as const;

/** `null`, which is what YAML makes of an empty value, stands beside the type rather than in an `anyOf`: so the editor knows what to insert. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-07',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const given = zodSchema instanceof z.ZodType ? zodSchema.meta() : undefined;
      // Zod leaves both out where a value is transformed, since they may be of the other side; here they are of what is written.
      if (given?.examples) jsonSchema.examples = [...z.array(z.unknown()).parse(given.examples)];
      if (zodSchema instanceof z.ZodDefault) jsonSchema.default = z.json().parse(zodSchema.def.defaultValue);
      for (const name of ['effect', 'deprecated', 'propertyNames']) delete jsonSchema[name];
      // What is written is of the type that it is made ready for.
      if (zodSchema instanceof z.ZodPipe && zodSchema.def.in instanceof z.ZodTransform)
        Object.assign(jsonSchema, schemaOf(z.instanceof(z.ZodType).parse(zodSchema.def.out)));
      nullBeside(jsonSchema);
      for (const [name, member] of Object.entries(jsonSchema.properties ?? {}))
        if (POLICY_LISTS.has(name) && typeof member === 'object' && isListOfAnything(member))
          Object.assign(member, POLICY_LIST);
    },
  });
  return made;
}

/** `{anyOf: [{type: X, …}, {type: 'null'}]}` becomes `{type: [X, 'null'], …}`. */
function nullBeside(schema: JsonSchema): void {
  const [inner, ...others] = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  if (!inner || others.length > 0 || schema.anyOf?.length !== 2) return;
  const { type, enum: values, ...rest } = inner;
  delete schema.anyOf;
  for (const [name, value] of Object.entries(rest)) schema[name] ??= value;
  if (rest.anyOf) schema.anyOf = [...rest.anyOf, { type: 'null' }];
  if (values) schema.enum = [...values, null];
  else if (typeof type === 'string') Object.assign(schema, { type: [type, 'null'] });
}

function isListOfAnything({ type, items }: JsonSchema): boolean {
  if (!String(type).startsWith('array') || typeof items !== 'object' || Array.isArray(items)) return false;
  return items.properties === undefined && (items.type === undefined || items.type === 'object');
}
