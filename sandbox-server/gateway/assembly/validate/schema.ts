// From a schema as a definition has it to one that is safe to compile: known keywords, own references, bounded, and each with its cost.
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../../gatewayscript/types.ts';

/** A schema that the lab does not take: `message` is a sentence for the reader. */
export class SchemaFault extends Error {
  override readonly name = 'SchemaFault';
}

/** Schemas in one another, of all that a definition validates against: each takes up to 0.2 ms to compile, at every deployment. */
export const MAX_SCHEMAS = 300;
/** Characters of names, values and patterns of a schema together. */
const MAX_CHARACTERS = 65_536;
const MAX_DEPTH = 64;

/** The keyword, in no definition, that makes each look at a value count. */
export const COST = 'lab-cost';

const number = z.number();
const size = z.number().int().min(0);
const KEPT: Record<string, z.ZodType> = {
  type: z.union([z.string(), z.array(z.string()).min(1)]),
  multipleOf: z.number().positive(),
  maximum: number,
  minimum: number,
  maxLength: size,
  minLength: size,
  maxItems: size,
  minItems: size,
  uniqueItems: z.boolean(),
  maxProperties: size,
  minProperties: size,
  pattern: z.string(),
  nullable: z.boolean(),
};

/**
 * Keywords of OpenAPI 2 and 3.0 (JSON Schema draft 4, with `nullable`); formats and words for people are left out. References lead to
 * `definitions` or `components.schemas` of the same definition, through `lookUp`.
 * Those that are referred to count once; `room` is how many there may be.
 * @throws SchemaFault
 */
export function safeSchema(
  root: unknown,
  lookUp: (reference: string) => unknown,
  room = MAX_SCHEMAS,
): { schema: JsonObject; schemas: number } {
  let schemas = 0;
  let characters = 0;
  /** Reference to the name in the result, in the order in which they were met. */
  const referred = new Map<string, string>();
  const definitions: JsonObject = {};

  function count(text: string): string {
    characters += text.length;
    if (characters > MAX_CHARACTERS)
      throw new SchemaFault(`the schema has more than ${MAX_CHARACTERS} characters`);
    return text;
  }

  function data(value: unknown): JsonValue {
    const text = JSON.stringify(value);
    if (text === undefined) throw new SchemaFault('a value in the schema is none of JSON');
    return JSON.parse(count(text));
  }

  function copy(schema: unknown, at: string, depth: number): JsonObject {
    schemas += 1;
    if (schemas > room)
      throw new SchemaFault(
        `what the definition validates against consists of more than ${MAX_SCHEMAS} schemas`,
      );
    if (depth > MAX_DEPTH) throw new SchemaFault(`the schema is nested more than ${MAX_DEPTH} levels deep`);
    if (!isRecord(schema)) throw new SchemaFault(`${at} is no schema`);
    const given = schema;
    if (given.$ref !== undefined) return { $ref: refer(given.$ref, at), [COST]: 1 };

    const made: JsonObject = {};
    const inner = (value: unknown, name: string) => copy(value, `${at}.${name}`, depth + 1);
    for (const [name, type] of Object.entries(KEPT)) {
      if (given[name] === undefined) continue;
      const value = type.safeParse(given[name]);
      if (!value.success) throw new SchemaFault(`${at}.${name} is ${shown(given[name])}`);
      made[name] = data(value.data);
    }
    for (const [name, limit] of [
      ['exclusiveMinimum', 'minimum'],
      ['exclusiveMaximum', 'maximum'],
    ] as const) {
      // OpenAPI 3.1 has the number itself; before, it is a word about `minimum`.
      if (typeof given[name] === 'number') Object.assign(made, { [limit]: given[name], [name]: true });
      else if (given[name] === true && made[limit] !== undefined) made[name] = true;
    }
    // In OpenAPI 2 a single property may say `required: true`, which means nothing in a schema.
    if (Array.isArray(given.required) && given.required.length > 0)
      made.required = [...new Set(given.required.map((name) => count(text(name, `${at}.required`))))];
    if (Array.isArray(given.enum) && given.enum.length > 0) made.enum = unique(given.enum.map(data));
    if (given.const !== undefined) made.enum = [data(given.const)];
    if (given.default !== undefined) made.default = data(given.default);
    for (const name of ['allOf', 'anyOf', 'oneOf']) {
      const list = given[name];
      if (Array.isArray(list) && list.length > 0)
        made[name] = list.map((each, i) => inner(each, `${name}.${i}`));
    }
    for (const name of ['properties', 'patternProperties']) {
      const map = given[name];
      if (isRecord(map))
        made[name] = Object.fromEntries(copied(map, (each, key) => inner(each, `${name}.${key}`)));
    }
    for (const name of ['not', 'items', 'additionalProperties', 'additionalItems']) {
      const value = given[name];
      if (typeof value === 'boolean') {
        if (name.startsWith('additional')) made[name] = value;
      } else if (Array.isArray(value)) made[name] = value.map((each, i) => inner(each, `${name}.${i}`));
      else if (value !== undefined && value !== null) made[name] = inner(value, name);
    }
    // OpenAPI has `nullable` beside the type; by itself it says nothing.
    if (made.type === undefined) delete made.nullable;
    made[COST] = 1 + sizeOf(made.enum) + sizeOf(made.required) + sizeOf(made.properties);
    return made;
  }

  function copied(
    map: Record<string, unknown>,
    make: (value: unknown, name: string) => JsonObject,
  ): [string, JsonObject][] {
    return Object.entries(map).map(([name, value]) => {
      if (name === '__proto__') throw new SchemaFault('a property cannot have the name __proto__');
      return [count(name), make(value, name)];
    });
  }

  function refer(reference: unknown, at: string): string {
    if (typeof reference !== 'string' || !/^#\/(definitions|components\/schemas)\/[^/]+$/.test(reference))
      throw new SchemaFault(
        `${at}.$ref is ${shown(reference)}; it can lead to #/definitions/… or #/components/schemas/…`,
      );
    const known = referred.get(reference);
    if (known !== undefined) return known;
    const name = `d${referred.size}`;
    const pointer = `#/definitions/${name}`;
    referred.set(reference, pointer);
    const found = lookUp(reference);
    if (found === undefined) throw new SchemaFault(`${at}.$ref leads to ${reference}, which is not there`);
    definitions[name] = copy(found, reference, 0);
    return pointer;
  }

  const made = copy(root, 'the schema', 0);
  return { schema: { ...made, definitions }, schemas };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  throw new SchemaFault(`${at} has ${shown(value)} among its names`);
}

function unique(values: JsonValue[]): JsonValue[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

function sizeOf(value: JsonValue | undefined): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
