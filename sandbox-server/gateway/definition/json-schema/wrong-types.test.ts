// Whatever member the editor and the reference tell of, the server refuses or warns of a value of another type, at that member's line.
import { expect, it } from 'vitest';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { POLICIES } from '../../assembly/policies.ts';
import { compileProduct } from '../../plans/compile-product.ts';
import { productDocument } from '../../plans/product-document.ts';
import { definitionText, upgradePolicy } from '../../started-gateway.fixture.ts';
import type { Diagnostic } from '../../types.ts';
import { compileDefinition } from '../compile.ts';
import { definition } from '../schema/definition.ts';
import { policySchema } from './policy-schema.ts';
import { type JsonSchema, schemaOf } from './schema-of.ts';

type Path = (string | number)[];
type Below = JsonSchema['items'];

/** Every place of a schema: a member, any name of a record, the first of a list. */
function places(schema: JsonSchema, path: Path = []): { path: Path; schema: JsonSchema }[] {
  const below = (name: string | number, member: Below): { path: Path; schema: JsonSchema }[] => {
    if (typeof member !== 'object' || Array.isArray(member)) return [];
    const at = [...path, name];
    return [{ path: at, schema: member }, ...places(member, at)];
  };
  const { properties = {}, additionalProperties: any, items, anyOf = [] } = schema;
  return [
    ...Object.entries(properties).flatMap(([name, member]) => below(name, member)),
    ...below(`any${Math.floor(Math.random() * 1_000)}`, any),
    ...below(0, items),
    ...anyOf.flatMap((member) => places(member, path)),
  ];
}

/** `any` where it may be anything. */
function typesOf({ $ref, type, anyOf, enum: values, const: only }: JsonSchema): string[] {
  const own = [type ?? []].flat().map(String);
  // A flag may be a text, too.
  if (values ?? only) return own.length > 0 ? own : ['string'];
  if ($ref) return ['object'];
  if (anyOf) return anyOf.flatMap(typesOf);
  return own.length > 0 ? own : ['any'];
}

/** One of another type; `null` where there is none. */
function wrong(schema: JsonSchema): string | null {
  const types = new Set(typesOf(schema));
  if (types.has('any')) return null;
  const others: [string, string][] = [
    ['object', '{a: {b: 1}}'],
    ['array', '[[1]]'],
  ];
  const fitting = others.filter(([type]) => !types.has(type)).map(([, value]) => value);
  if (!types.has('string')) fitting.push('no such value');
  return fitting[Math.floor(Math.random() * fitting.length)] ?? null;
}

/** The text with this value at the path, and the line where it stands. */
function withValue(text: string, path: Path, value: string): { text: string; line: number } {
  const document = parseDocument(text);
  document.setIn(path, parseDocument(value).contents);
  const written = document.toString({ flowCollectionPadding: false });
  const lines = new LineCounter();
  const parent = parseDocument(written, { lineCounter: lines }).getIn(path.slice(0, -1), true);
  const name = path.at(-1);
  const node = isMap(parent)
    ? parent.items.map(({ key }) => key).find((key) => isScalar(key) && key.value === name)
    : isSeq(parent)
      ? parent.items[0]
      : null;
  const offset = isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
  return { text: written, line: lines.linePos(offset).line };
}

const block = definitionText('/one', upgradePolicy());
const good = parseDocument(block).toString();
const compile = (text: string) => compileDefinition(text, 'one').diagnostics;
const execute = ['x-ibm-configuration', 'assembly', 'execute'];
const product = 'product: 1.0.0\ninfo:\n  name: a\n  version: 1.0.0\nplans:\n  p:\n    title: a\n';

const schemas: [string, string, Path, JsonSchema, (text: string) => Diagnostic[]][] = [
  ['the definition', good, [], schemaOf(definition), compile],
  [
    'a product',
    product,
    [],
    schemaOf(productDocument),
    (text) => compileProduct(text, { apis: [], issue: () => 'a' }).diagnostics,
  ],
  ...[...POLICIES.values()].map((kind): [string, string, Path, JsonSchema, typeof compile] => {
    const document = parseDocument(good);
    document.setIn([...execute, 0], document.createNode({ [kind.name]: { version: kind.versions.at(-1) } }));
    return [kind.name, String(document), [...execute, 0, kind.name], policySchema(kind), compile];
  }),
];

it.each(schemas)(
  'a wrong value of each member of %s is told at its line',
  { timeout: 60_000 },
  (_, text, base, schema, diagnostics) => {
    const silent = places(schema).flatMap((place) => {
      const value = wrong(place.schema);
      if (value === null) return [];
      const path = [...base, ...place.path];
      const { text: written, line } = withValue(text, path, value);
      const told = diagnostics(written).some((each) => each.line === line && !each.rule.endsWith('unknown'));
      return told ? [] : [`${path.join('.')}: ${value}`];
    });
    expect(silent).toEqual([]);
  },
);
