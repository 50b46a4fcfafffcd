// `require('querystring')` does what Node's module does: today's on fresh random queries, Node 8.9.4's where it did otherwise.
import querystring from 'node:querystring';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
// Half a code is left out: Node 8 and today's differ there.
const unit = fc.constantFrom(
  'a',
  'b',
  '=',
  '&',
  '+',
  '4',
  '1',
  'f',
  ' ',
  'é',
  '☃',
  '%20',
  '%C3%A9',
  '%41',
  ';',
);
const queryText = fc.string({ unit, maxLength: 24 });

/** What Node 8.9.4 itself gave: the query, parsed, and its bytes by unescapeBuffer. */
const BY_NODE_8: [string, object, string][] = [
  ['%', { '%': '' }, '25'],
  ['a%', { 'a%': '' }, '6125'],
  ['%%41', { '%%41': '' }, '25253431'],
  ['%4', { '%4': '' }, '2534'],
  ['%zz=%41+', { '%zz': 'A ' }, '257a7a3d412b'],
  ['%C3%A9=%zz☃', { é: '%zz\u0003' }, 'c3a93d257a7a03'],
  ['a=1&&b', { a: '1', b: '' }, '613d31262662'],
  ['=&a=', { '': '', a: '' }, '3d26613d'],
  ['a&a=1&a', { a: ['', '1', ''] }, '6126613d312661'],
  ['a%3A=b+%2B', { 'a:': 'b +' }, '613a3d622b2b'],
];

test('half codes and lone signs end up as in Node 8.9.4', async () => {
  const script = `var qs = require('querystring'); return input.map(function (text) { return [text, qs.parse(text), qs.unescapeBuffer(text).toString('hex')] })`;
  expect(
    await scripts.value(
      script,
      BY_NODE_8.map(([text]) => text),
    ),
  ).toEqual(BY_NODE_8);
});

test('a random query is parsed as in Node', async () => {
  const queries = fc.sample(queryText, 300);
  const parsed = await scripts.value(
    `return input.map(function (text) { return require('querystring').parse(text) })`,
    queries,
  );
  expect(parsed).toEqual(queries.map((text) => plain(querystring.parse(text))));
});

test('other separators and a bound on the pairs count as in Node', async () => {
  const cases = fc.sample(
    fc.tuple(
      queryText,
      fc.constantFrom(';', '&&', 'ab'),
      fc.constantFrom(':', '=='),
      fc.integer({ min: 0, max: 4 }),
    ),
    200,
  );
  const parsed = await scripts.value(
    `return input.map(function (each) { return require('querystring').parse(each[0], each[1], each[2], { maxKeys: each[3] }) })`,
    cases,
  );
  expect(parsed).toEqual(
    cases.map(([text, separator, equals, maxKeys]) =>
      plain(querystring.parse(text, separator, equals, { maxKeys })),
    ),
  );
});

test('a random object is written as in Node, lists and nested values too', async () => {
  const value = fc.oneof(
    fc.string(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string(), { minLength: 1 }),
    fc.constant({ a: 1 }),
  );
  const objects = fc
    .sample(
      fc.dictionary(
        fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
        value,
      ),
      150,
    )
    .map(plain);
  const written = await scripts.value(
    `return input.map(function (each) { return require('querystring').stringify(each) })`,
    objects,
  );
  expect(written).toEqual(objects.map((each) => querystring.stringify(each)));
});

test('codes that are no UTF-8 are decoded byte by byte', async () => {
  const codes = fc.sample(fc.uint8Array({ maxLength: 12 }), 200).map((bytes) => Buffer.from(bytes));
  const texts = codes.map((bytes) => bytes.toString('hex').replace(/../g, '%$&'));
  const script = `var qs = require('querystring'); return input.map(function (text) { return [qs.unescape(text), qs.unescapeBuffer(text).toString('hex')] })`;
  expect(await scripts.value(script, texts)).toEqual(
    codes.map((bytes) => [bytes.toString('utf8'), bytes.toString('hex')]),
  );
});

test('own functions for the codes are used', async () => {
  const result = await scripts.value(`var qs = require('querystring');
    return [qs.parse('a=%20b', null, null, { decodeURIComponent: function (text) { return '<' + text + '>' } }),
      qs.stringify({ a: ' ' }, null, null, { encodeURIComponent: function (text) { return '<' + text + '>' } })];`);
  expect(result).toEqual([{ '<a>': '<%20b>' }, '<a>=< >']);
});

test('what is no text parses to nothing, and half a surrogate pair is an error', async () => {
  expect(
    await scripts.value(
      `var qs = require('querystring'); return [qs.parse(7), qs.parse(null), qs.stringify('a')]`,
    ),
  ).toEqual([{}, {}, '']);
  expect(await scripts.error(`require('querystring').escape('a\\ud800')`)).toMatchObject({
    name: 'URIError',
    line: 1,
  });
});

test('a query cannot reach a prototype', async () => {
  const result = await scripts.value(
    `var parsed = require('querystring').parse('__proto__=a&constructor=b'); return [Object.keys(parsed), typeof {}.a]`,
  );
  expect(result).toEqual([['__proto__', 'constructor'], 'undefined']);
});
