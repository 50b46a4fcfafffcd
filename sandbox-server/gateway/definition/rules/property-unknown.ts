// Names of properties that a policy does not have, at its top and in the objects inside: nothing reads them, so a slip of the hand would go unnoticed.
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { POLICIES } from '../../assembly/policies.ts';
import { type JsonSchema, schemaOf } from '../json-schema/schema-of.ts';
import { listNames } from '../list-names.ts';
import { listPolicies, type Path } from '../listed-assembly.ts';
import { nearestName } from '../nearest-name.ts';
import type { Finding, Rule } from '../rule.ts';

/** Properties of the policy `invoke`, which people copy from there. */
const OF_INVOKE =
  /^(secure-gateway|http-version|verb|backend-type|cache-.*|output|stop-on-error|compression|persistent-connection|keep-payload)$/;

export const propertyUnknown: Rule = (document) =>
  listPolicies(document).flatMap(({ policy, properties, path }) => {
    const schema = schemaOfPolicy(policy);
    return schema ? unknownNames(schema, properties, { policy, path, below: [] }) : [];
  });

/** Where a value stands: the policy, the way to its properties, and the way on from there. */
interface Place {
  policy: string;
  path: Path;
  below: Path;
}

/** Stops at lists of policies, whose schema says nothing of their members: each of them is looked at for itself. */
function unknownNames(schema: JsonSchema, value: JsonValue, place: Place): Finding[] {
  const inside = (member: JsonSchema, name: string | number, given: JsonValue) =>
    unknownNames(member, given, { ...place, below: [...place.below, name] });
  if (typeof value !== 'object' || value === null) return [];
  const forms = formsOf(schema);
  if (Array.isArray(value)) {
    const items = forms.map((form) => form.items).find(isSchema);
    return items ? value.flatMap((member, i) => inside(items, i, member)) : [];
  }
  const known: NonNullable<JsonSchema['properties']> = Object.assign(
    {},
    ...forms.map((form) => form.properties),
  );
  const names = Object.keys(known);
  const any = forms.map((form) => form.additionalProperties).find(isSchema);
  return Object.entries(value).flatMap(([name, member]) => {
    const own = Object.hasOwn(known, name) ? known[name] : any;
    if (isSchema(own)) return inside(own, name, member);
    return names.length === 0 || Object.hasOwn(known, name) ? [] : [unknown(name, names, place)];
  });
}

function unknown(name: string, names: readonly string[], { policy, path, below }: Place): Finding {
  const where = below.length === 0 ? policy : `${wayOf(below)} of ${policy}`;
  const ofInvoke = policy === 'websocket-upgrade' && below.length === 0 && OF_INVOKE.test(name);
  const nearest = ofInvoke ? null : nearestName(name, names);
  const mend = nearest === null ? '' : ` Did you mean ${nearest}?`;
  const message = `${where} has no property ${listNames([name])}${ofInvoke ? '; it is one of invoke' : ''}.${mend} It has ${names.join(', ')}.`;
  return { severity: 'warning', rule: 'property-unknown', message, path: [...path, ...below, name] };
}

/** `case[0].operations[1]`: as a program says it, since places in a list count from 0 in paths too. */
function wayOf(below: Path): string {
  return below
    .map((name) => (typeof name === 'number' ? `[${name}]` : `.${listNames([name])}`))
    .join('')
    .slice(1);
}

/** The forms that a value may have, each without a choice in it. */
function formsOf(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []).filter(isSchema).flatMap(formsOf)];
}

/** `{}` and `true` stand for any value, and say nothing. */
function isSchema(schema: unknown): schema is JsonSchema {
  return (
    typeof schema === 'object' && schema !== null && !Array.isArray(schema) && Object.keys(schema).length > 0
  );
}

const schemas = new Map<string, JsonSchema>();

function schemaOfPolicy(policy: string): JsonSchema | undefined {
  const kind = POLICIES.get(policy);
  if (!kind) return undefined;
  const schema = schemas.get(policy) ?? schemaOf(kind.properties);
  schemas.set(policy, schema);
  return schema;
}
