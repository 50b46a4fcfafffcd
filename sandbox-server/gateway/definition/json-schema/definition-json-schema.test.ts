import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { POLICIES } from '../../assembly/policies.ts';
import { definitionText, scriptPolicy, upgradePolicy } from '../../started-gateway.fixture.ts';
import { PRODUCT_POLICIES } from '../product-policies.ts';
import { readSource } from '../source.ts';
import { definitionJsonSchema } from './definition-json-schema.ts';

const schema = definitionJsonSchema();
const check = new Ajv({ strict: false, allErrors: true }).compile(schema);

function faultsOf(text: string): string[] {
  const source = readSource(text);
  if (Array.isArray(source)) throw new Error(source[0]?.message);
  check(source.value);
  return (check.errors ?? []).map(({ instancePath }) => instancePath);
}

const name = `/${randomBytes(4).toString('hex')}`;
const good = definitionText(name, upgradePolicy());

it('a right definition has no fault', () => {
  expect(faultsOf(good)).toEqual([]);
  expect(faultsOf(definitionText(name, scriptPolicy('context.clear("x");')))).toEqual([]);
});

it('a value of the wrong type is found where it stands, a reference in its place is not', () => {
  const at = '/x-ibm-configuration/assembly/execute/0/websocket-upgrade/timeout';
  expect(faultsOf(good.replace('target-url', 'timeout: soon\n          target-url'))).toContain(at);
  expect(faultsOf(good.replace('target-url', 'timeout: $(seconds)\n          target-url'))).toEqual([]);
});

it('policies inside a policy are checked like the others', () => {
  const nested = 'request-assembly: {execute: [{websocket-upgrade: {version: 9.9.9}}]}\n          target-url';
  expect(faultsOf(good.replace('target-url', nested))).toContain(
    '/x-ibm-configuration/assembly/execute/0/websocket-upgrade/request-assembly/execute/0/websocket-upgrade/version',
  );
});

it('members and policies that nobody knows pass', () => {
  const word = `x${randomBytes(4).toString('hex')}`;
  expect(faultsOf(`${good}\n${word}: [1]`)).toEqual([]);
  expect(faultsOf(good.replace('websocket-upgrade:', `${word}:`))).toEqual([]);
});

it('a text with `product` at its top is held against the product file', () => {
  expect(
    faultsOf('product: 1.0.0\ninfo: {name: a, version: 1.0.0}\nplans: {free: {rate-limits: 5}}'),
  ).toContain('/plans/free/rate-limits');
});

it('a policy that the lab runs is not among those that it does not run', () => {
  expect([...PRODUCT_POLICIES.keys()].filter((name) => POLICIES.has(name))).toEqual([]);
});

it('every policy of the lab and of the product stands in it, with words and standing', () => {
  const text = JSON.stringify(schema.$defs?.policy);
  for (const policy of [...POLICIES.keys(), ...PRODUCT_POLICIES.keys()])
    expect(text).toContain(`"${policy}":{`);
  expect(JSON.stringify(schema)).toContain('(documented)');
  expect(schema.$defs?.policy).toHaveProperty(
    'properties.map.description',
    expect.stringContaining('does not run'),
  );
});

it('a member called like a word of JSON Schema has its standing too', () => {
  const at = 'properties.x-ibm-configuration.properties.assembly.properties.catch.items.properties.default';
  expect(schema.else).toHaveProperty(`${at}.description`, expect.stringMatching(/\(documented\)$/));
  expect(JSON.stringify(schema)).not.toContain('"standing"');
});

const lessons = new URL('../../../../docs/content/docs/', import.meta.url);
it('no definition and no product of the lessons has a fault', () => {
  const files = readdirSync(lessons, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(faultsOf(readFileSync(new URL(file, lessons), 'utf8')), file).toEqual([]);
});
