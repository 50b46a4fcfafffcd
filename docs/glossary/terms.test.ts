import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceLink } from './sources.ts';
import { FIELDS, termOf } from './terms.ts';

const root = new URL('../content/docs/', import.meta.url);
const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }));
const terms = FIELDS.flatMap((field) => field.terms);

/** The ids that a text links, in order. */
const linked = (text: string) => [...text.matchAll(/\]\(\/glossary\/#([^)]*)\)/g)].map(([, id = '']) => id);

describe.each(pages)('$file', ({ text }) => {
  test('links only terms that the glossary has, and each at its first place only', () => {
    const ids = linked(text);
    for (const id of ids) expect(termOf(id).id).toBe(id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

test('every term of the glossary is linked from a page', () => {
  const used = new Set(pages.flatMap(({ text }) => linked(text)));
  expect(terms.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
});

test('no term stands twice, neither by its id nor by its name', () => {
  const ids = [...terms.map(({ id }) => id), ...FIELDS.map(({ id }) => id)];
  expect(ids).toEqual([...new Set(ids)]);
  const names = terms.map(({ name }) => name.toLowerCase());
  expect(names).toEqual([...new Set(names)]);
});

test('the terms of a field are in the order of the alphabet', () => {
  for (const field of FIELDS) {
    const names = field.terms.map(({ name }) => name.replaceAll('`', '').toLowerCase());
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  }
});

test.each(terms)('$name is told in at most two sentences, and names its source', ({ text, source }) => {
  expect(text).toMatch(/^[A-Z\d`].*\.$/);
  expect(text.match(/\.(?= |$)/g)?.length).toBeLessThanOrEqual(2);
  expect((text.match(/`/g) ?? []).length % 2).toBe(0);
  const { text: named, href } = sourceLink(source);
  expect(named).not.toBe('');
  if (href === null) expect(source).toBe('lab');
  else expect(new URL(href).protocol).toBe('https:');
});

test('a word that the glossary does not have is refused by its name', () => {
  expect(() => termOf('flux')).toThrow('Received the term "flux". Expected one of 101, ');
});
