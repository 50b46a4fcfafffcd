import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../gatewayscript/types.ts';
import type { Tree } from '../named-message.ts';
import { MAX_SCHEMAS, safeSchema } from './schema.ts';
import { compileValidator } from './validator.ts';

function validator(schema: unknown, definitions: Record<string, unknown> = {}, fills = false) {
  const lookUp = (reference: string) => definitions[reference.split('/').at(-1) ?? ''];
  return compileValidator(safeSchema(schema, lookUp).schema, fills);
}
const fits = (schema: unknown, document: Tree, definitions = {}) =>
  validator(schema, definitions)(document) === null;
const ref = (name: string) => ({ $ref: `#/definitions/${name}` });

describe('a document and a schema', () => {
  const cases: [string, unknown, Tree, Tree][] = [
    ['required', { required: ['a'] }, { a: 1 }, { b: 1 }],
    [
      'what objects inherit',
      { required: ['toString'], properties: { valueOf: { type: 'null' } } },
      { toString: 1 },
      {},
    ],
    ['a type', { properties: { a: { type: 'integer' } } }, { a: 1 }, { a: 1.5 }],
    ['nullable', { properties: { a: { type: 'string', nullable: true } } }, { a: null }, { a: 1 }],
    ['an exclusive minimum of draft 4', { items: { minimum: 1, exclusiveMinimum: true } }, [2], [1]],
    ['an exclusive maximum of OpenAPI 3.1', { items: { exclusiveMaximum: 3 } }, [2], [3]],
    ['const', { items: { const: 'a' } }, ['a'], ['b']],
    ['enum', { items: { enum: ['a', 1, null] } }, [null, 1], ['b']],
    [
      'uniqueItems',
      { uniqueItems: true },
      [{ a: 1, b: 2 }, { a: 1 }],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
    ['no further members', { properties: { a: {} }, additionalProperties: false }, { a: 1 }, { b: 1 }],
    [
      'two patterns',
      { properties: { a: { pattern: '^x' }, b: { pattern: '^y' } } },
      { a: 'x', b: 'y' },
      { a: 'x', b: 'x' },
    ],
    [
      'members by pattern',
      { patternProperties: { '^n': { type: 'number' } } },
      { n1: 1, m: 'x' },
      { n1: 'x' },
    ],
    ['allOf', { allOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 }, { a: 1 }],
    ['oneOf', { oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1 }, { a: 1, b: 1 }],
    ['not', { not: { required: ['a'] } }, { b: 1 }, { a: 1 }],
  ];
  it.each(cases)('%s', (_, schema, good, bad) => {
    expect([fits(schema, good), fits(schema, bad)]).toEqual([true, false]);
  });

  it('formats, words for people and whatever else stands there say nothing', () => {
    const schema = {
      items: { type: 'string', format: 'date', example: 1, 'x-own': {}, discriminator: 'a', xml: {} },
    };
    expect(fits(schema, ['no date'])).toBe(true);
  });

  it('a schema that refers to itself holds at every depth', () => {
    const definitions = { node: { type: 'object', properties: { next: ref('node') }, required: ['name'] } };
    const list = (depth: number, end: JsonValue): JsonValue =>
      depth === 0 ? end : { name: 'x', next: list(depth - 1, end) };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (depth) => {
        const documents = [{ name: 'end' }, { nam: 'end' }].map((end) => [list(depth, end)]);
        const found = documents.map((document) => fits({ items: ref('node') }, document, definitions));
        expect(found).toEqual([true, false]);
      }),
      { numRuns: 30 },
    );
  });

  it('says where it does not fit', () => {
    const schema = { properties: { list: { items: { type: 'string' } } } };
    expect(validator(schema)({ list: ['a', 1] })).toBe('/list/1 must be string');
  });

  it('fills in defaults where it is asked to, each time anew', () => {
    const check = validator({ properties: { a: { default: { b: [] } } } }, {}, true);
    const documents: { a?: { b: number[] } }[] = [{}, {}];
    for (const document of documents) expect(check(document)).toBeNull();
    documents[0]?.a?.b.push(1);
    expect(documents).toEqual([{ a: { b: [1] } }, { a: { b: [] } }]);
  });
});

describe('a schema that would cost too much', () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [
      `s${i}`,
      i === 59 ? {} : { allOf: [ref(`s${i + 1}`), ref(`s${i + 1}`)] },
    ]),
  );
  it.each([
    ['doubles its work with each reference', ref('s0'), doubling, [1], 'too much work'],
    ['leads in a circle', ref('a'), { a: { anyOf: [ref('b')] }, b: { not: ref('a') } }, [1], 'circle'],
    [
      'doubles its work with each level',
      ref('a'),
      { a: { allOf: [{ items: ref('a') }, { items: ref('a') }] } },
      nested(60),
      'too much work',
    ],
    [
      'compares all with all',
      { items: { enum: Array.from({ length: 5_000 }, (_, i) => i) } },
      {},
      Array.from({ length: 5_000 }, () => 4_999),
      'too much work',
    ],
    [
      'has a slow pattern for a long text',
      { items: { pattern: '(.*)(.*)(.*)[a-f]{50}$' } },
      {},
      ['a'.repeat(900_000)],
      'too much work',
    ],
  ])('%s: the work is given up', (_, schema, definitions: Record<string, unknown>, document: Tree, why) => {
    const check = validator(schema, definitions);
    expect(() => check(document)).toThrow(why);
    // The next validation has all its budget again.
    expect(fits({ items: { type: 'number' } }, [1])).toBe(true);
  });

  it.each([
    ['too many schemas', { items: Array.from({ length: MAX_SCHEMAS }, () => ({})) }, 'more than'],
    ['too much text', { enum: ['x'.repeat(70_000)] }, 'more than 65536 characters'],
    ['too deep', JSON.parse(`${'{"not":'.repeat(100)}{}${'}'.repeat(100)}`), 'levels deep'],
    ['a reference elsewhere', { $ref: 'http://example.org/schema' }, 'it can lead to'],
    ['a reference to nothing', ref('none'), 'is not there'],
    ['a pattern with look-around', { pattern: '(?=a)b' }, 'cannot be used'],
    ['a pattern that is too large', { pattern: '((a{100}){100}){100}' }, 'pattern'],
    ['no such type', { type: 'strin' }, 'type'],
    ['a limit that is none', { maxLength: 'x' }, 'maxLength is "x"'],
    ['a property __proto__', JSON.parse('{"properties":{"__proto__":{}}}'), '__proto__'],
    ['a list', { not: [1] }, 'is no schema'],
  ])('%s is refused before anything is compiled or run', (_, schema, why) => {
    expect(() => validator(schema)).toThrow(why);
  });

  it('whatever is a schema or not: it is compiled or refused with a sentence', () => {
    const keyword = fc.constantFrom(
      'type',
      'items',
      'not',
      'allOf',
      'properties',
      'required',
      'enum',
      'pattern',
      'minimum',
      'exclusiveMinimum',
      '$ref',
      'additionalProperties',
      'nullable',
      'const',
      'default',
      '$id',
      'definitions',
      'if',
      'dependencies',
      '$async',
    );
    const { schema } = fc.letrec((tie) => ({
      schema: fc.dictionary(
        keyword,
        fc.oneof(
          fc.jsonValue(),
          fc.constantFrom('string', 'object', '#/definitions/a'),
          tie('schema'),
          fc.array(tie('schema'), { maxLength: 3 }),
          fc.dictionary(fc.string(), tie('schema'), { maxKeys: 3 }),
        ),
        { maxKeys: 4 },
      ),
    }));
    fc.assert(
      fc.property(schema, fc.jsonValue(), (given, value) => {
        const document: Tree = JSON.parse(JSON.stringify([value]));
        try {
          validator(given, { a: given })(document);
        } catch (error) {
          expect(error).toMatchObject({ name: expect.stringMatching(/^(SchemaFault|BudgetSpent)$/) });
        }
      }),
      { numRuns: 200 },
    );
  });
});

function nested(depth: number): Tree {
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth));
}
