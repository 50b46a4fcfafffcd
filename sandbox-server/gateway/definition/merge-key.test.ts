import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { compileDefinition } from './compile.ts';
import { expectToldOnce, good } from './mistakes.fixture.ts';
import { readSource } from './source.ts';

test('any mappings that merge others are read as YAML 1.1 has it', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', '"<<"');
  const entries = fc.uniqueArray(fc.tuple(name, fc.integer()), { maxLength: 4, selector: ([key]) => key });
  const mapping = fc.record({
    entries,
    bases: fc.array(fc.nat(), { maxLength: 3 }),
    at: fc.nat(4),
    list: fc.boolean(),
  });
  fc.assert(
    // Five that merge three each stand for fewer values than the lab allows behind aliases; the other reader's own bound is off.
    fc.property(fc.array(mapping, { minLength: 1, maxLength: 5 }), (mappings) => {
      const texts = mappings.map(({ entries, bases, at, list }, i) => {
        const aliases = i === 0 ? [] : bases.map((base) => `*m${base % i}`);
        const merged = list ? [`<<: [${aliases}]`] : aliases.slice(0, 1).map((alias) => `<<: ${alias}`);
        const own = entries.map(([key, value]) => `${key}: ${value}`);
        return `m${i}: &m${i} {${own.toSpliced(at, 0, ...merged).join(', ')}}`;
      });
      const text = texts.join('\n');
      const source = readSource(text);
      expect('value' in source && source.value).toEqual(parse(text, { merge: true, maxAliasCount: -1 }));
    }),
  );
});

describe('a policy that merges a mapping', () => {
  const base = `x-base: &base\n  version: 2.0.0\n  target-url: http://backend:8091\n  timeout: 7\n`;
  const with_ = (properties: string, bases = base) =>
    bases + good.replace(/^ +version: 2\.0\.0\n.*\n/m, `${properties.replace(/^/gm, '          ')}\n`);

  it('has its properties, and its own go before them', () => {
    const { definition, diagnostics } = compileDefinition(with_('timeout: 8\n<<: *base'), 'one');
    expect(diagnostics).toEqual([]);
    expect(definition?.assembly.execute[0]?.properties).toEqual({
      version: '2.0.0',
      'target-url': 'http://backend:8091',
      timeout: 8,
    });
  });

  expectToldOnce([
    [
      'a mistake in what is merged',
      with_('<<: *base', base.replace('http:', 'ws:')),
      'target-url-scheme',
      'error',
      'target-url: ws://backend:8091',
    ],
    [
      'a mistake of its own beside it',
      with_('<<: *base\ntimeout: soon'),
      'property-type',
      'error',
      'timeout: soon',
    ],
    [
      'a mistake in the second of a list',
      with_('<<: [{title: a}, *base]', base.replace('timeout', 'time-out')),
      'property-unknown',
      'warning',
      'time-out: 7',
    ],
    ['a text in the place of a mapping', with_('<<: base'), 'yaml-merge', 'error', '<<: base'],
    [
      'a mapping that merges itself',
      with_('<<: *base', base.replace('timeout: 7', '<<: *base')),
      'yaml-cycle',
      'error',
      '<<: *base',
    ],
    [
      'merged mappings that explode',
      `${good}\nx0: &x0 {a: 1}\n${Array.from({ length: 12 }, (_, i) => `x${i + 1}: &x${i + 1} {a: *x${i}, <<: [*x${i}, *x${i}]}`).join('\n')}`,
      'yaml-alias',
      'error',
      'x6: &x6 {a: *x5, <<: [*x5, *x5]}',
    ],
  ]);
});
