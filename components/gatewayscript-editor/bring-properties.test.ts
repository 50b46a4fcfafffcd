import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { bringProperties, bringReader } from './bring-properties.ts';
import { definitionProperties } from './definition-properties.ts';

const definition = (value: string) =>
  `x-ibm-configuration:\n  properties:\n    target:\n      value: ${value}\n`;

test('the definition that came with the page has the properties that came with it', async () => {
  const own = definition(randomUUID());
  const known = { definition: own, json: JSON.stringify(definitionProperties(own)) };
  expect(await bringProperties(own, known)).toEqual(definitionProperties(own));
});

test('another definition has its own, and none has none', async () => {
  const value = randomUUID();
  const known = { definition: definition(randomUUID()), json: '{"target":"of the page"}' };
  expect(await bringProperties(definition(value), known)).toEqual({ target: value });
  expect(await bringProperties('', known)).toEqual({});
});

test('an editor without a definition has no properties', async () => {
  expect(await bringProperties('', { definition: '', json: '' })).toEqual({});
});

test('what was fetched ahead for one definition reads whichever the reader has typed since', async () => {
  const value = randomUUID();
  const read = await bringReader(definition(randomUUID()), { definition: '', json: '' });
  expect(read(definition(value))).toEqual({ target: value });
});
