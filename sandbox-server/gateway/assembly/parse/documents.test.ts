import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { isShallow, MAX_TREE_DEPTH } from '../tree-depth.ts';
import { readJson } from './json-document.ts';
import { type ParseSettings, parseSettings } from './settings.ts';
import { checkXml } from './xml-document.ts';

const settings = (limits: Partial<ParseSettings> = {}) => parseSettings.parse(limits);

/** What the limits measure, by way of the tree: another way than the reader's own. */
function measured(value: JsonValue): {
  depth: number;
  width: number;
  names: Set<string>;
  name: number;
  text: number;
} {
  if (typeof value === 'string')
    return {
      depth: 0,
      width: 0,
      names: new Set(),
      name: 0,
      text: Buffer.byteLength(JSON.stringify(value)) - 2,
    };
  if (typeof value !== 'object' || value === null)
    return { depth: 0, width: 0, names: new Set(), name: 0, text: 0 };
  const inner = Object.values(value).map(measured);
  const own = Array.isArray(value) ? [] : Object.keys(value).map((name) => JSON.stringify(name).slice(1, -1));
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    width: Math.max(Object.keys(value).length, ...inner.map(({ width }) => width)),
    names: new Set([...own, ...inner.flatMap(({ names }) => [...names])]),
    name: Math.max(0, ...own.map((name) => Buffer.byteLength(name)), ...inner.map(({ name }) => name)),
    text: Math.max(0, ...inner.map(({ text }) => text)),
  };
}

describe('a JSON document', () => {
  it('is read as the language reads it, at the very limits that it has, and refused one below each', () => {
    const document = fc.tuple(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(document, ([compact, indent]) => {
        const value: JsonValue = JSON.parse(compact);
        const text = JSON.stringify(value, null, indent);
        const is = measured(value);
        const limits: [keyof ParseSettings, number][] = [
          ['max_nesting_depth', is.depth],
          ['max_width', is.width],
          ['max_name_length', is.name],
          ['max_value_length', is.text],
          ['max_unique_names', is.names.size],
        ];
        // Numbers are measured as written; a document may hold longer ones than the default allows.
        const exact = settings({ max_number_length: 0, ...Object.fromEntries(limits) });
        expect(readJson(text, exact)).toEqual(value);
        for (const [name, limit] of limits.filter(([, limit]) => limit > 1))
          expect(() => readJson(text, { ...exact, [name]: limit - 1 })).toThrow(/is over the limit of/);
      }),
      { numRuns: 300 },
    );
  });

  it('a number is measured as it is written', () => {
    for (const number of ['-12.5e+3', '[1, -12.5e+3]', '{"a":-12.5e+3}']) {
      expect(() => readJson(number, settings({ max_number_length: 7 }))).toThrow('a number of 8 bytes');
      readJson(number, settings({ max_number_length: 8 }));
    }
  });

  it('is never nested deeper than a script can take, whatever the settings say', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    const unlimited = settings({ max_nesting_depth: 0 });
    expect(readJson(nested(MAX_TREE_DEPTH), unlimited)).toHaveLength(1);
    for (const depth of [MAX_TREE_DEPTH + 1, 400_000])
      expect(() => readJson(nested(depth), unlimited)).toThrow('levels is over the limit');
  });

  it.each(['', '{', '{"a":}', "{'a':1}", '[1,]', '\u0000', '{"a":1}x'])('%j is none', (text) => {
    expect(() => readJson(text, settings())).toThrow('the document is no JSON');
  });
});

describe('an XML document', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  const fits: [string, string, Partial<ParseSettings>][] = [
    ['depth', nested(3), { max_nesting_depth: 3 }],
    ['children', '<a><b/><b/></a>', { max_width: 2 }],
    ['attributes', '<a x="1" y="2"/>', { max_width: 2 }],
    ['a name', '<abc x="1"/>', { max_name_length: 3 }],
    [
      'a text in parts',
      `<a>${'t'.repeat(100)}&lt;<![CDATA[${'c'.repeat(99)}]]></a>`,
      { max_value_length: 200 },
    ],
    ['an attribute', '<a x="1234"/>', { max_value_length: 4 }],
    ['names', '<a><b/><n:b xmlns:n="u"/></a>', { max_unique_names: 2 }],
    ['prefixes', '<a xmlns:n="u" xmlns:m="u"/>', { max_unique_prefixes: 2 }],
    ['namespaces', '<a xmlns:n="u" xmlns:m="v"/>', { max_unique_namespaces: 2 }],
  ];
  it.each(fits)('fits the limit of %s, and not the one below', (_, text, limits) => {
    checkXml(text, settings(limits));
    const below = Object.fromEntries(
      Object.entries(limits).map(([name, limit]) => [name, Number(limit) - 1]),
    );
    expect(() => checkXml(text, settings(below))).toThrow(/is over the limit of/);
  });

  it('a text longer than the reader holds at once is measured whole', () => {
    const text = `<a>${'t'.repeat(200_000)}</a>`;
    checkXml(text, settings({ max_value_length: 200_000 }));
    expect(() => checkXml(text, settings({ max_value_length: 199_999 }))).toThrow('a value of');
  });

  it.each(['', 'a', '<a>', '<a></b>', '<a/><b/>', '<a x=1/>', '<a>&nothing;</a>', '<a/>x'])(
    '%j is none',
    (text) => {
      expect(() => checkXml(text, settings())).toThrow(/the document (is no XML|has)/);
    },
  );

  it('is not read past the attribute that is one too many', () => {
    const attributes = Array.from({ length: 60_000 }, (_, i) => `a${i}="1"`).join(' ');
    const refused = () => checkXml(`<a ${attributes}/>`, settings({ max_unique_names: 0 }));
    expect(refused).toThrow('a width of 4097 attributes');
  });

  it('with a document type is refused before anything in it could grow', () => {
    expect(() => checkXml('<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', settings())).toThrow('document type');
  });
});

it('a tree is shallow up to the limit, and one more is too deep', () => {
  const nested = (depth: number): JsonValue => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  expect([MAX_TREE_DEPTH, MAX_TREE_DEPTH + 1].map((depth) => isShallow(nested(depth)))).toEqual([
    true,
    false,
  ]);
});
