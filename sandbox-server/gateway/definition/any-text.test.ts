import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../gatewayscript/types.ts';
import { definitionText, upgradePolicy } from '../started-gateway.fixture.ts';
import { compileDefinition } from './compile.ts';

const good = definitionText('/one', upgradePolicy());

describe('any text at all', () => {
  it('compiles or is told what is wrong, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { definition, diagnostics } = compileDefinition(text, 'one');
        expect(definition === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }),
    );
  });

  it('survives any JSON in the place of any member', () => {
    const places = ['info', 'basePath', 'schemes', 'paths', 'x-ibm-configuration'];
    const inner = ['gateway', 'properties', 'catalogs', 'assembly'];
    const value: fc.Arbitrary<JsonValue> = fc
      .jsonValue({ maxDepth: 2 })
      .map((any) => JSON.parse(JSON.stringify(any)));
    const keyed = (names: string[]) =>
      fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor'), value);
    const policies = fc.array(
      fc.dictionary(
        fc.constantFrom('websocket-upgrade', 'gatewayscript', 'x'),
        fc.oneof(value, keyed(['target-url', 'timeout', 'header-control', 'source'])),
      ),
    );
    const configuration = fc
      .tuple(keyed(inner), fc.option(policies))
      .map(([rest, execute]) => ({ ...rest, ...(execute ? { assembly: { execute } } : {}) }));
    fc.assert(
      fc.property(keyed(places), fc.option(configuration), (document, ibm) => {
        const text = JSON.stringify({
          swagger: '2.0',
          ...document,
          ...(ibm ? { 'x-ibm-configuration': ibm } : {}),
        });
        const { definition, diagnostics } = compileDefinition(text, 'one');
        expect(definition === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        for (const { line, column } of diagnostics) expect([line >= 1, column >= 1]).toEqual([true, true]);
      }),
      { numRuns: 100 },
    );
  });

  it('takes objects that have a toString of their own, wherever a text belongs', () => {
    const odd = '{toString: 1, valueOf: 2, toJSON: 3}';
    for (const property of ['version', 'title', 'source', 'name', 'condition', 'target-url', 'claim'])
      for (const policy of ['gatewayscript', 'throw', 'switch', 'websocket-upgrade', 'map', 'jwt-validate']) {
        const text = definitionText(
          '/one',
          `- ${policy}: {${property}: ${odd}}`,
          '    catch: [{errors: [x], execute: []}]',
        );
        expect(compileDefinition(text, 'one').diagnostics.length).toBeGreaterThan(0);
      }
  });

  const laughs = 'abcdefgh'
    .split('')
    .map(
      (name, i, all) =>
        `${name}: &${name} [${Array(9)
          .fill(i === 0 ? 'x' : `*${all[i - 1]}`)
          .join(', ')}]`,
    )
    .join('\n');
  const bombs: [string, string][] = [
    ['aliases that explode', laughs],
    [
      'merged mappings that explode',
      laughs.replaceAll(/ \[([^\]]*)\]/g, ' {<<: [$1], z: 1}').replaceAll('x,', '{},'),
    ],
    ['a mapping that is merged 7,000 times', `x: &a {b: 1}\ny:\n${'  - <<: *a\n'.repeat(7_000)}`],
    ['a megabyte of keys', Array.from({ length: 60_000 }, (_, i) => `key${i}: v${i}`).join('\n')],
    ['a key 50,000 times', 'a: 1\n'.repeat(50_000)],
    ['20,000 question marks', '? '.repeat(20_000)],
    ['100,000 open brackets', '['.repeat(100_000)],
    ['20,000 aliases', `x: &a 1\n${Array.from({ length: 20_000 }, (_, i) => `k${i}: *a`).join('\n')}`],
    ['commas in a bracket', `[${','.repeat(262_143)}`],
    ['keys without values', 'a:\n'.repeat(87_381)],
    ['empty lines', '\n'.repeat(262_144)],
    ['keys of one letter, as many as fit', '{a: 1}\n,'.repeat(12_000)],
    ['700 levels of indentation', Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['49,000 dashes', '- '.repeat(24_500)],
    ['5,000 levels', Array.from({ length: 5_000 }, (_, i) => `${' '.repeat(i % 100)}a:`).join('\n')],
    [
      'a pattern that would explode',
      good.replace(
        'target-url',
        `header-control: {values: ["(a+)+${'a?'.repeat(200)}$"]}\n          target-url`,
      ),
    ],
    ['10,000 policies', `${good}\n${'      - map: {}\n'.repeat(10_000)}`],
  ];
  it.each(bombs)('%s take bounded time', (_, text) => {
    const startedAt = performance.now();
    const { diagnostics } = compileDefinition(text, 'one');
    // Minutes without the lab's own checks; generous for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect(diagnostics.length).toBeLessThanOrEqual(200);
  });
});
