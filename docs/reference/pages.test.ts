import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDeclarations } from '../../sandbox-server/gatewayscript/reference/read-declarations.ts';
import { referencePages } from './pages.ts';

const text = readFileSync(
  new URL('../../sandbox-server/gatewayscript/gatewayscript.d.ts', import.meta.url),
  'utf8',
);
const pages = referencePages(text);

test('every member that is declared has exactly one entry', () => {
  const { globals, shapes } = readDeclarations(text);
  const declared = [globals, ...shapes.map(({ members }) => members)].flat().map(({ example }) => example);
  const shown = pages.flatMap(({ sections }) => sections).flatMap(({ entries }) => entries);
  expect(shown.map(({ example }) => example).sort()).toEqual(declared.sort());
  expect(shown.length).toBeGreaterThan(400);
});

test('on each page every link leads to one place', () => {
  for (const { slug, sections } of pages) {
    const ids = sections.flatMap(({ id, entries }) => [id, ...entries.map((entry) => entry.id)]);
    expect(new Set(ids).size, `${slug}: ${ids.filter((id, at) => ids.indexOf(id) !== at)}`).toBe(ids.length);
  }
});

test('a member is called as a script calls it', () => {
  const titles = pages
    .flatMap(({ sections }) => sections)
    .flatMap(({ entries }) => entries.map(({ title }) => title));
  for (const title of [
    'crypto.createHash',
    'Hash.digest',
    'context',
    'request.verb',
    'new Encoder',
    "require('session')",
  ])
    expect(titles).toContain(title);
});

test('every page has a title and a sentence', () => {
  for (const { title, text: sentence } of pages) {
    expect(title).not.toBe('');
    expect(sentence, title).toMatch(/\.$/);
  }
});
