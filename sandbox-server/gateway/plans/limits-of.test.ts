import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../definition/compile.ts';
import { definitionText, upgradePolicy } from '../started-gateway.fixture.ts';
import { readReference, refersTo } from './api-reference.ts';
import { compileProduct } from './compile-product.ts';
import { limitsOf } from './limits-of.ts';

const text = definitionText('/one', upgradePolicy()).replace(
  'get: {}, post',
  'get: {operationId: connect}, post',
);
const { definition } = compileDefinition(text, 'one');
if (!definition) throw new Error('The definition does not pass.');
const api = definition;

/** Per operation of the API, its limits as the plan says, or that the plan does not offer it. */
function limits(plan: string): Record<string, string> {
  const { product, diagnostics } = compileProduct(
    `product: 1.0.0\ninfo: {name: p, version: 1.0.0}\napis: {a: {$ref: ./test.yaml}, b: {name: 'b:1.0.0'}}\nplans: {free: ${plan}}`,
    { apis: [api], issue: () => 'x' },
  );
  const [read] = product?.plans ?? [];
  if (!read) throw new Error(JSON.stringify(diagnostics));
  return Object.fromEntries(
    api.operations.map((operation) => [
      `${operation.method} ${operation.path}`,
      limitsOf(read, api, operation)
        ?.limits.map(({ name, text: value }) => `${name} ${value}`)
        .join() ?? 'not offered',
    ]),
  );
}

const all = 'rate-limits: {day: {value: 9/1day}}';

describe('a plan', () => {
  it.each([
    `{${all}}`,
    `{${all}, apis: {}}`,
    `{${all}, apis: {a: {}}}`,
    `{${all}, apis: {a: null}}`,
    `{${all}, apis: {a: {operations: []}}}`,
  ])('%s offers all operations, and its limits are for all of them', (plan) => {
    expect(limits(plan)).toEqual({
      'get /': 'day 9/1day',
      'post /': 'day 9/1day',
      'get /echo/{name}': 'day 9/1day',
    });
  });

  it('offers no API that it does not list', () => {
    expect(new Set(Object.values(limits(`{${all}, apis: {b: {}}}`)))).toEqual(new Set(['not offered']));
  });

  it('offers of an API the operations that it lists, by method and path or by id; their limits go before those of the API and of the plan', () => {
    const operations =
      "[{operationId: connect, rate-limit: {value: 1/1hour}}, {operation: GET, path: '/echo/{name}'}]";
    expect(
      limits(`{${all}, apis: {a: {burst-limits: {burst: {value: 5/1second}}, operations: ${operations}}}}`),
    ).toEqual({
      'get /': 'default 1/1hour',
      'post /': 'not offered',
      'get /echo/{name}': 'burst 5/1second',
    });
  });
});

it.each([
  ['test.yaml', true],
  ['./apis/test.yml', true],
  ['.\\..\\apis\\test_1.0.0.yaml', true],
  ['test_1.0.1.yaml', false],
  ['mytest.yaml', false],
])('a $ref to %s is the API test of version 1.0.0: %s', (file, same) => {
  const reference = readReference({ $ref: file });
  expect(reference && refersTo(reference, { name: 'test', version: '1.0.0' })).toBe(same);
});
