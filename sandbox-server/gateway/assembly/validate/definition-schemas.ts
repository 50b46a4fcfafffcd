// The schemas that a definition has for `validate`: named ones, an operation's body and its responses; each compiled once a deployment.
import { z } from 'zod';
import type { DefinitionDocument } from '../../definition/document.ts';
import type { Operation } from '../../types.ts';
import { MAX_SCHEMAS, SchemaFault, safeSchema } from './schema.ts';
import { compileValidator, type Validator } from './validator.ts';

/** Where the schema is: `definition` by its name or reference, or of the operation. `status` is the message's. */
export type Place =
  | { kind: 'definition'; name: string }
  | { kind: 'body-param'; operation: Pick<Operation, 'method' | 'path'> }
  | { kind: 'response-param'; operation: Pick<Operation, 'method' | 'path'>; status: number };

const any = z.looseObject({}).catch({});

interface Compiled {
  /** By schema, and whether it fills in defaults. */
  validators: Map<string, Validator | SchemaFault>;
  /** How many schemas the definition may still have compiled. */
  room: number;
}

/** Gone with the definition. */
const compiled = new WeakMap<DefinitionDocument, Compiled>();

/** @throws SchemaFault, each time the same */
export function validatorFor(document: DefinitionDocument, place: Place, fillsDefaults: boolean): Validator {
  const own = compiled.get(document) ?? { validators: new Map(), room: MAX_SCHEMAS };
  compiled.set(document, own);
  const { key, schema } = locate(document, place);
  const name = `${key} ${fillsDefaults}`;
  const made = own.validators.get(name) ?? make(document, schema, fillsDefaults, own);
  own.validators.set(name, made);
  if (made instanceof SchemaFault) throw made;
  return made;
}

function make(
  document: DefinitionDocument,
  schema: unknown,
  fillsDefaults: boolean,
  own: Compiled,
): Validator | SchemaFault {
  try {
    const safe = safeSchema(schema, (reference) => atReference(document, reference), own.room);
    own.room -= safe.schemas;
    return compileValidator(safe.schema, fillsDefaults);
  } catch (error) {
    if (error instanceof SchemaFault) return error;
    throw error;
  }
}

/** `key` is one for each schema of the definition: there are no more than it has. */
function locate(document: DefinitionDocument, place: Place): { key: string; schema: unknown } {
  if (place.kind === 'definition') {
    const reference = place.name.startsWith('#/') ? place.name : namedReference(document, place.name);
    const schema = atReference(document, reference);
    if (schema === undefined) throw new SchemaFault(`there is no schema ${place.name} in this definition`);
    return { key: reference, schema };
  }
  const { method, path } = place.operation;
  const item = any.parse(document.paths?.[path]);
  const operation = any.parse(item[method]);
  const what = `${method.toUpperCase()} ${path}`;
  if (place.kind === 'body-param') {
    const schema = bodySchema(document, operation, item);
    if (schema === undefined) throw new SchemaFault(`${what} has no body parameter with a schema`);
    return { key: `body ${what}`, schema };
  }
  const responses = any.parse(operation.responses);
  const status = responses[String(place.status)] === undefined ? 'default' : String(place.status);
  const response = resolved(document, responses[status]);
  const schema = response.schema ?? contentSchema(response.content);
  if (schema === undefined) throw new SchemaFault(`${what} has no schema for a response ${place.status}`);
  return { key: `response ${status} ${what}`, schema };
}

/** OpenAPI 2: a parameter in `body`, of the operation or its path; OpenAPI 3: `requestBody`. */
function bodySchema(document: DefinitionDocument, operation: object, item: object): unknown {
  const { requestBody } = any.parse(operation);
  if (requestBody !== undefined) return contentSchema(resolved(document, requestBody).content);
  const parameters = [operation, item].flatMap((owner) => {
    const { parameters } = any.parse(owner);
    return Array.isArray(parameters) ? parameters : [];
  });
  return parameters.map((each) => resolved(document, each)).find((each) => each.in === 'body')?.schema;
}

function contentSchema(content: unknown): unknown {
  const types = Object.entries(any.parse(content));
  const [, media] = types.find(([type]) => /json/i.test(type)) ?? types[0] ?? [];
  return any.parse(media).schema;
}

function resolved(document: DefinitionDocument, value: unknown): Record<string, unknown> {
  const { $ref, ...own } = any.parse(value);
  return typeof $ref === 'string' ? any.parse(atReference(document, $ref)) : own;
}

function namedReference(document: DefinitionDocument, name: string): string {
  const place = document.swagger === undefined ? 'components/schemas' : 'definitions';
  return `#/${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A JSON pointer within the definition (RFC 6901). */
function atReference(document: DefinitionDocument, reference: string): unknown {
  const names = reference.replace(/^#\/?/, '').split('/');
  return names.reduce<unknown>((value, written) => {
    const name = written.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? any.parse(value)[name]
      : undefined;
  }, document);
}
