import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { definitionProperties } from './definition-properties.ts';

test('a run sees the properties as the deployed API does: the catalog goes before the property', () => {
  const [own, sandbox, other] = [randomUUID(), randomUUID(), randomUUID()];
  const definition = `x-ibm-configuration:
  properties:
    a: { value: ${own}, description: x }
    b: { value: ${own} }
    c: {}
  catalogs:
    Sandbox: { properties: { b: ${sandbox} } }
    production: { properties: { a: ${other} } }
`;
  expect(definitionProperties(definition)).toEqual({ a: own, b: sandbox, c: '' });
});

test('what is no definition has no properties', () => {
  for (const text of ['', 'a: [', '5', 'x-ibm-configuration: null', 'x-ibm-configuration: {properties: 5}']) {
    expect(definitionProperties(text)).toEqual({});
  }
});
