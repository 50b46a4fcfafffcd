import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PAGES } from './source-pages.ts';
import { isSource, sourceLink } from './sources.ts';
import { FIELDS } from './terms.ts';

const root = new URL('../content/docs/', import.meta.url);
const labels = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx'))
  .flatMap((file) =>
    [...readFileSync(new URL(file, root), 'utf8').matchAll(/<Standing\b([^>]*)\/>/g)].map(
      ([label, attributes = '']) => ({
        file,
        label,
        of: /\bof="([^"]*)"/.exec(attributes)?.[1],
        source: /\bsource="([^"]*)"/.exec(attributes)?.[1],
      }),
    ),
  );
const sourced = labels.flatMap(({ source, ...rest }) => (source === undefined ? [] : [{ source, ...rest }]));

test('a label names a source that there is, and one that can be opened', () => {
  expect(sourced.length).toBeGreaterThan(90);
  for (const { file, source, label } of sourced) {
    if (!isSource(source)) throw new Error(`${file}: ${label} names no source.`);
    expect(sourceLink(source).href, label).not.toBeNull();
  }
});

test('what is inferred, or the lab’s own choice, names no page as if that said so', () => {
  for (const { file, of, label } of sourced) {
    expect(['documented', 'seen'], `${file}: ${label}`).toContain(of);
  }
});

describe('the pages', () => {
  const ids = Object.keys(PAGES);

  test('stand in the order of the alphabet, under addresses and names that differ', () => {
    expect(ids).toEqual(ids.toSorted());
    for (const part of [0, 1] as const) {
      const values = Object.values(PAGES).map((page) => page[part]);
      expect(values).toEqual([...new Set(values)]);
    }
    for (const [, href] of Object.values(PAGES)) expect(new URL(href).protocol).toBe('https:');
  });

  test('are each named by a label or a term', () => {
    const named = new Set<string>([
      ...sourced.map(({ source }) => source),
      ...FIELDS.flatMap(({ terms }) => terms.map(({ source }) => source)),
    ]);
    expect(ids.filter((id) => !named.has(id))).toEqual([]);
  });
});

test('a name that is no source is told from one that is', () => {
  expect(['lab', 'openapi', 'RFC 6455, 4.2.1'].every(isSource)).toBe(true);
  expect(['ibm', 'RFC 6455', 'toString', ''].some(isSource)).toBe(false);
});
