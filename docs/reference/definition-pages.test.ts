import { expect, test } from 'vitest';
import { POLICIES } from '../../sandbox-server/gateway/assembly/policies.ts';
import { membersOf } from '../../sandbox-server/gateway/definition/json-schema/members.ts';
import { schemaOf } from '../../sandbox-server/gateway/definition/json-schema/schema-of.ts';
import { definition } from '../../sandbox-server/gateway/definition/schema/definition.ts';
import { productDocument } from '../../sandbox-server/gateway/plans/product-document.ts';
import { definitionPages, otherPolicies } from './definition-pages.ts';

const pages = definitionPages();
const pageOf = (slug: string) => pages.find((page) => page.slug === slug);
const pathsOn = (slug: string) =>
  pageOf(slug)?.sections.flatMap(({ entries }) => entries.map(({ path }) => path.join('.'))) ?? [];

test.each([
  ['definition', schemaOf(definition)] as const,
  ['product', schemaOf(productDocument)] as const,
  ...[...POLICIES.values()].map((kind) => [`policy-${kind.name}`, schemaOf(kind.properties)] as const),
])('the page %s lists every member of its schema once', (slug, schema) => {
  const members = new Set(membersOf(schema).map(({ path }) => path.join('.')));
  const own = pathsOn(slug);
  const told = slug === 'definition' ? [...own, ...pathsOn('x-ibm-configuration')] : own;
  expect(told.sort()).toEqual([...members].sort());
});

test('on each page every link leads to one place', () => {
  for (const { slug, sections } of pages) {
    const ids = sections.flatMap(({ id, entries }) => [id, ...entries.map((entry) => entry.id)]);
    expect(new Set(ids).size, `${slug}: ${ids.filter((id, at) => ids.indexOf(id) !== at)}`).toBe(ids.length);
  }
});

test('websocket-upgrade tells type, default, example and standing of its properties', () => {
  const entries = pageOf('policy-websocket-upgrade')?.sections.flatMap((section) => section.entries) ?? [];
  expect(entries.find(({ title }) => title === 'timeout')).toMatchObject({
    type: 'whole number, 1 to 86400',
    default: '60',
    required: false,
    standing: 'documented',
  });
  expect(entries.find(({ title }) => title === 'target-url')?.examples).toContain('http://backend:8091');
  expect(entries.find(({ title }) => title === 'follow-redirects')).toMatchObject({
    type: 'true or false',
    default: 'false',
  });
});

test('policies that the lab does not run have a sentence each, and no page', () => {
  expect(otherPolicies().map(({ name }) => name)).toContain('map');
  for (const { name, description } of otherPolicies()) {
    expect(description, name).toMatch(/^[A-Z].*\.$/);
    expect(pageOf(`policy-${name}`)).toBeUndefined();
  }
});
