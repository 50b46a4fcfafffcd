// What an editor may find below the name of a policy: its properties where the lab runs it, its words where the product does.
import type { PolicyKind } from '../../assembly/policy.ts';
import type { ProductPolicy } from '../product-policies.ts';
import { type JsonSchema, schemaOf } from './schema-of.ts';

/** What a value that only traffic can tell looks like. */
export const REFERENCE = '\\$\\(';

export function policySchema({ properties, versions }: PolicyKind): JsonSchema {
  const schema = schemaOf(properties);
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    if (typeof member !== 'object') return [name, member];
    return [name, name === 'version' ? versionSchema(member, versions) : orReference(member)];
  });
  return { ...schema, properties: Object.fromEntries(members) };
}

/** The newest is what an editor inserts. */
function versionSchema(member: JsonSchema, versions: readonly string[]): JsonSchema {
  const newest = versions.at(-1);
  return {
    ...apart(member).words,
    type: 'string',
    enum: [...versions],
    ...(newest ? { default: newest } : {}),
  };
}

export function knownPolicySchema({ description, standing }: ProductPolicy): JsonSchema {
  return {
    description: `${description} The lab does not run it: a request that reaches it gets 500.`,
    standing,
    anyOf: [{ type: 'object' }, { type: 'null' }],
  };
}

/** Traffic may give any property its value: `$(name)` stands also where a number, a flag or a word of a list belongs. */
function orReference(member: JsonSchema): JsonSchema {
  const { words, value } = apart(member);
  const types = [value.type].flat();
  const anyText = types.includes('string') && !value.enum && value.pattern === undefined;
  if (anyText || types.includes('object') || value.anyOf?.some(({ type }) => type === 'object'))
    return member;
  return { ...words, anyOf: [...(value.anyOf ?? [value]), { type: 'string', pattern: REFERENCE }] };
}

const WORDS = new Set(['description', 'standing', 'default', 'examples']);

/** What is said about a member, and what it may be. */
function apart(member: JsonSchema): { words: JsonSchema; value: JsonSchema } {
  const words: JsonSchema = {};
  const value: JsonSchema = {};
  for (const [name, said] of Object.entries(member)) (WORDS.has(name) ? words : value)[name] = said;
  return { words, value };
}
