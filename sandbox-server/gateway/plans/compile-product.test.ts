import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileDefinition } from '../definition/compile.ts';
import { compileProduct } from './compile-product.ts';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const good = read('websocket-product.fixture.yaml');
const { definition } = compileDefinition(read('websocket-secured.fixture.yaml'), 'secured');
const apis = definition ? [definition] : [];
const compile = (text: string) =>
  compileProduct(text, { apis, issue: (kind, application) => `${kind} of ${application}` });

it('the example definition and product pass without a word', () => {
  expect(compileDefinition(read('websocket-secured.fixture.yaml'), 'secured').diagnostics).toEqual([]);
  const { product, diagnostics } = compile(good);
  expect(diagnostics).toEqual([]);
  expect(product?.plans.map(({ name, limits }) => [name, ...limits.limits.map(({ text }) => text)])).toEqual([
    ['bronze', '3/1minute'],
    ['gold', '1000/1hour', '20/1second'],
  ]);
  expect([...(product?.applications.values() ?? [])]).toMatchObject([
    {
      name: 'trial',
      clientId: 'trial-client-id',
      clientSecret: 'client-secret of trial',
      plan: { name: 'bronze' },
    },
    { name: 'chat', clientId: 'client-id of chat', secretMade: true, lifecycleState: 'PRODUCTION' },
  ]);
});

it('JSON is read like YAML', () => {
  const text = JSON.stringify({ product: '1.0.0', info: { name: 'p', version: '2' }, plans: { a: {} } });
  expect(compile(text).product).toMatchObject({ name: 'p', title: 'p', version: '2' });
});

/** Each mistake: the text, the one diagnostic, and what stands on its line. */
it.each([
  ['a text that is no YAML', good.replace('title: Bronze', 'title: a: b'), 'yaml', 'error', 'title: a: b'],
  [
    'a product without a name',
    good.replace('  name: websocket-product\n', ''),
    'product-form',
    'error',
    'info:',
  ],
  [
    'another version of the format',
    good.replace('product: 1.0.0', 'product: 2.0.0'),
    'product-format',
    'warning',
    'product: 2.0.0',
  ],
  ['another gateway', good.replace('datapower-api', 'datapower'), 'product-gateway', 'warning', 'gateways:'],
  [
    'an API that is not deployed',
    good.replace('secured:1.0.0', 'secured:1.0.1'),
    'product-api-unknown',
    'warning',
    'websocket-secured:',
  ],
  [
    'an API of no form',
    good.replace('name: websocket-secured:1.0.0', 'name: websocket-secured'),
    'product-api-form',
    'error',
    'websocket-secured:',
  ],
  [
    'a plan with an API that the product lacks',
    good.replace('title: Bronze', 'apis: {other: {}}'),
    'product-plan-api',
    'error',
    'apis: {other: {}}',
  ],
  [
    'a plan with an operation that the API lacks',
    good.replace('title: Bronze', 'apis: {websocket-secured: {operations: [{operation: post, path: /}]}}'),
    'product-operation-unknown',
    'warning',
    'apis: {websocket-secured: {operations: [{operation: post, path: /}]}}',
  ],
  [
    'a limit of no form',
    good.replace('3/1minute', '3 a minute'),
    'rate-limit-form',
    'error',
    'value: 3 a minute',
  ],
  ['a limit that is a number', good.replace('3/1minute', '3'), 'product-form', 'error', 'value: 3'],
  [
    'a burst limit for an hour',
    good.replace('20/1second', '20/1hour'),
    'rate-limit-form',
    'error',
    'value: 20/1hour',
  ],
  [
    'a limit of no call',
    good.replace('3/1minute', '0/1minute'),
    'rate-limit-zero',
    'warning',
    'value: 0/1minute',
  ],
  [
    'a burst of no call',
    good.replace('20/1second', '0/second'),
    'rate-limit-zero',
    'warning',
    'value: 0/second',
  ],
  [
    'a soft limit',
    good.replace('3/1minute\n        hard-limit: true', '3/1minute'),
    'rate-limit-soft',
    'info',
    'default:',
  ],
  [
    'a plan without limits',
    good.replace(/ {4}rate-limits:\n {6}default:\n {8}value: 3.*\n.*\n/, ''),
    'plan-unlimited',
    'info',
    'bronze:',
  ],
  [
    'a member that a plan lacks',
    good.replace('approval', 'aproval'),
    'plan-member-unknown',
    'warning',
    'aproval: false',
  ],
  [
    'an application of an unknown plan',
    good.replace('plan: bronze', 'plan: silver'),
    'application-plan',
    'error',
    'plan: silver',
  ],
  [
    'an application that is there twice',
    good.replace('name: chat', 'name: trial'),
    'application-twice',
    'error',
    '- name: trial',
  ],
  [
    'a client id that is there twice',
    good.replace('plan: gold', 'plan: gold\n    client-id: trial-client-id'),
    'application-twice',
    'error',
    'client-id: trial-client-id',
  ],
  [
    'a client id that is a number',
    good.replace('trial-client-id', '12345'),
    'product-form',
    'error',
    'client-id: 12345',
  ],
  [
    'a member that an application lacks',
    good.replace('client-id:', 'clientId:'),
    'product-form',
    'error',
    '- name: trial',
  ],
])('%s is told once, at its line', (_, text, rule, severity, line) => {
  const { product, diagnostics } = compile(text);
  const found = diagnostics.map((each) => ({ ...each, text: text.split('\n')[each.line - 1]?.trim() }));
  expect(found).toMatchObject([{ rule, severity, text: line }]);
  expect(diagnostics[0]?.message).toMatch(/\.$/);
  expect(product === null).toBe(severity === 'error');
});

it('a product without plans or APIs deploys, and is told to be of no use', () => {
  const { product, diagnostics } = compile('product: 1.0.0\ninfo: {name: p, version: 1.0.0}');
  expect(product).not.toBeNull();
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['product-empty', 'product-empty']);
});

it.each(['-3/1minute', '1.5/1minute', '/1minute', '3/1month', '3/0minute', '3/1.5hour', '3/-1hour', '0'])(
  'the limit %s is an error that says how one is written',
  (limit) => {
    const { product, diagnostics } = compile(good.replace('3/1minute', `"${limit}"`));
    expect(product).toBeNull();
    expect(diagnostics).toMatchObject([{ severity: 'error', rule: 'rate-limit-form' }]);
    expect(diagnostics[0]?.message).toContain(`${limit} is no limit. Write calls/time, e.g. 100/1minute`);
  },
);

it('limits have a bound: ten to a plan, 64 characters to a name', () => {
  const limits = (count: number, name: (i: number) => string) =>
    good.replace(
      '      default:\n        value: 3/1minute',
      `${Array.from({ length: count - 1 }, (_, i) => `      ${name(i)}: {value: 3/1minute, hard-limit: true}\n`).join('')}      default:\n        value: 3/1minute`,
    );
  const long = (length: number) => (i: number) => `${'x'.repeat(length - 1)}${i}`;
  expect(compile(limits(10, long(64))).diagnostics).toEqual([]);
  expect(compile(limits(11, long(64))).diagnostics).toMatchObject([{ rule: 'product-form' }]);
  expect(compile(limits(2, long(65))).diagnostics).toMatchObject([{ rule: 'product-form' }]);
});

it('any JSON in the place of any member is read, or told to be wrong, and never throws', () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  const keyed = (...names: string[]) => fc.dictionary(fc.constantFrom(...names, '__proto__', 'a'), value);
  const parts = fc.record({
    info: fc.oneof(value, fc.constant({ name: 'p', version: 1 })),
    apis: fc.oneof(value, fc.dictionary(fc.constant('a'), keyed('name', '$ref'))),
    plans: fc.oneof(
      value,
      fc.dictionary(fc.constant('a'), keyed('rate-limits', 'burst-limits', 'rate-limit', 'apis', 'title')),
    ),
    'x-lab-applications': fc.oneof(value, fc.array(keyed('name', 'plan', 'client-id'))),
    'x-lab-user-registries': value,
  });
  fc.assert(
    fc.property(parts, (document) => {
      const { product, diagnostics } = compile(JSON.stringify({ product: '1.0.0', ...document }));
      expect(product === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      for (const { line, column } of diagnostics) expect([line >= 1, column >= 1]).toEqual([true, true]);
    }),
  );
});
