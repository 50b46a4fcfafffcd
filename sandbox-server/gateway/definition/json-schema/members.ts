// The members of a schema, one after the other with the ones inside them: what a reference page lists.
import { type Standing, words } from '../schema/words.ts';
import { REFERENCE } from './policy-schema.ts';
import type { JsonSchema } from './schema-of.ts';

export interface SchemaMember {
  /** The names that lead to it; `<name>` stands for any. */
  path: string[];
  /** What it may be, as a reader says it: `text`, `list of policies`. */
  type: string;
  required: boolean;
  /** `null` where it has no words, which the tests refuse. */
  words: { description: string; standing: Standing } | null;
  /** As a definition has it: a text without quotes, all else as JSON. */
  default: string | null;
  examples: string[];
}

export function membersOf(schema: JsonSchema, path: readonly string[] = []): SchemaMember[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    typeof member === 'object'
      ? listed(member, [...path, name], schema.required?.includes(name) ?? false)
      : [],
  );
  const { additionalProperties: any, items } = schema;
  const others = typeof any === 'object' && Object.keys(any).length > 0 ? any : null;
  const below = others
    ? others.description
      ? listed(others, [...path, '<name>'], false)
      : membersOf(others, [...path, '<name>'])
    : [];
  const inside = typeof items === 'object' && !Array.isArray(items) ? membersOf(items, path) : [];
  return [...own, ...below, ...inside, ...(schema.anyOf ?? []).flatMap((member) => membersOf(member, path))];
}

function listed(member: JsonSchema, path: string[], required: boolean): SchemaMember[] {
  const { data } = words.safeParse(member);
  const own = {
    path,
    type: typeOf(member),
    required,
    words: data ? { description: data.description, standing: data.standing } : null,
    default: member.default === undefined ? null : asWritten(member.default),
    examples: (member.examples ?? []).map(asWritten),
  };
  return [own, ...membersOf(member, path)];
}

function asWritten(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}

function typeOf(schema: JsonSchema): string {
  if (schema.anyOf) {
    const types = schema.anyOf.filter(({ pattern }) => pattern !== REFERENCE).map(typeOf);
    return [...new Set(types)].filter((type) => type !== '').join(' or ') || 'any value';
  }
  if (schema.$ref) return 'policy';
  if (schema.const !== undefined) return schema.const === '' ? '' : `\`${schema.const}\``;
  if (schema.enum) {
    const values = schema.enum.filter((value) => value !== null);
    return values.every((value) => value === 'true' || value === 'false')
      ? ''
      : values.map((value) => `\`${value}\``).join(', ');
  }
  const types = [schema.type].flat().filter((type) => type !== undefined && type !== 'null');
  return types.map((type) => named(String(type), schema)).join(' or ') || (schema.type ? '' : 'any value');
}

function named(type: string, schema: JsonSchema): string {
  if (type === 'string') return 'text';
  if (type === 'boolean') return 'true or false';
  if (type === 'array') return listOf(schema.items);
  if (type !== 'integer' && type !== 'number') return type;
  const { minimum: least, maximum: most } = schema;
  const name = type === 'integer' ? 'whole number' : 'number';
  const bounded = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (bounded(least) && bounded(most)) return `${name}, ${least} to ${most}`;
  return bounded(least) ? `${name}, at least ${least}` : name;
}

function listOf(items: JsonSchema['items']): string {
  if (typeof items !== 'object' || Array.isArray(items)) return 'list';
  if (items.$ref) return 'list of policies';
  const type = typeOf(items);
  return type === 'any value' ? 'list' : type === 'object' ? 'list of objects' : `list of: ${type}`;
}
