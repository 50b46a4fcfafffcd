import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { POLICIES } from '../../assembly/policies.ts';
import { productDocument } from '../../plans/product-document.ts';
import { definition } from '../schema/definition.ts';
import { words } from '../schema/words.ts';
import { membersOf } from './members.ts';
import { policySchema } from './policy-schema.ts';
import { schemaOf } from './schema-of.ts';

const schemas = [
  ['the definition', schemaOf(definition)] as const,
  ['a product', schemaOf(productDocument)] as const,
  ...[...POLICIES.values()].map((kind) => [`the policy ${kind.name}`, policySchema(kind)] as const),
];

describe.each(schemas)('%s', (name, schema) => {
  it('says in a sentence what it is, and how that is known', () => {
    const { error } = words.safeParse(schema);
    const mend = `${name}: end its zod object with .meta({ description: 'A sentence.', standing: 'documented' | 'seen' | 'inferred' | 'lab' })`;
    expect(error, mend).toBeUndefined();
  });

  it('has the same words for each of its members, nested ones too', () => {
    const silent = membersOf(schema)
      .filter((member) => member.words === null)
      .map(({ path }) => path.join('.'));
    const mend = `${name}: end each of these with .meta({ description: 'A sentence.', standing: 'documented' | 'seen' | 'inferred' | 'lab' })`;
    expect(silent, mend).toEqual([]);
  });
});

it('members are told by their ways, with type, default, whether they are required, and examples', () => {
  const meta = { description: 'A sentence.', standing: 'lab' };
  const schema = schemaOf(
    z.looseObject({
      size: z.coerce.number().int().min(1).max(9).default(3).meta(meta),
      kind: z.enum(['a', 'b']).meta({ ...meta, examples: ['b'] }),
      list: z
        .array(z.looseObject({ flag: z.boolean().nullish().meta(meta) }))
        .nullish()
        .meta(meta),
      byName: z
        .record(z.string(), z.looseObject({ text: z.string().optional() }))
        .optional()
        .meta(meta),
      execute: z.array(z.unknown()).nullish().meta(meta),
    }),
  );
  const told = membersOf(schema).map(({ path, type, required, default: usual }) => [
    path.join('.'),
    type,
    required,
    usual,
  ]);
  expect(told).toEqual([
    ['size', 'whole number, 1 to 9', false, '3'],
    ['kind', '`a`, `b`', true, null],
    ['list', 'list of objects', false, null],
    ['list.flag', 'true or false', false, null],
    ['byName', 'object', false, null],
    ['byName.<name>.text', 'text', false, null],
    ['execute', 'list of policies', false, null],
  ]);
  expect(membersOf(schema)[1]?.examples).toEqual(['b']);
  expect(membersOf(schema).filter((member) => member.words === null)).toHaveLength(1);
});
