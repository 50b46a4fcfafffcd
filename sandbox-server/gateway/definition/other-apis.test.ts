import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POLICIES } from '../assembly/policies.ts';
import { compileDefinition } from './compile.ts';

const folder = new URL('other-apis/', import.meta.url);

/** By file: operations, base path, and the policies in reading order, those in `catch` and `finally` last, nested ones left out. */
const expected: Record<
  string,
  { operations: number; basePath: string; version: string; policies: string[] }
> = {
  'catch-and-finally.yaml': {
    operations: 2,
    basePath: '/orders',
    version: '1.0.0',
    policies: ['invoke', 'map', 'gatewayscript', 'html-page', 'xslt', 'json-to-xml'],
  },
  'exported.json': {
    operations: 1,
    basePath: '/tides',
    version: '1.0.0',
    policies: ['set-variable', 'redact', 'invoke', 'moon-phase'],
  },
  'graphql.yaml': {
    operations: 2,
    basePath: '/library',
    version: '1.0.0',
    policies: ['parse', 'graphql-introspect', 'validate', 'invoke'],
  },
  'many-operations.yaml': {
    operations: 12,
    basePath: '/museum',
    version: '1.0.0',
    policies: ['jwt-validate', 'operation-switch', 'map'],
  },
  'map-two-calls.yaml': {
    operations: 1,
    basePath: '/ferries',
    version: '1.4.0',
    policies: ['invoke', 'invoke', 'map'],
  },
  'oauth-provider.yaml': {
    operations: 3,
    basePath: '/observatory/oauth2',
    version: '2.0.0',
    policies: ['user-security', 'oauth', 'client-security'],
  },
  'openapi-3.1.yaml': {
    operations: 1,
    basePath: '/bird-counts',
    version: '0.9',
    policies: ['ratelimit', 'client-security', 'websocket-upgrade'],
  },
  'version-5.yaml': {
    operations: 1,
    basePath: '/parcels',
    version: '1.0.0',
    policies: ['activity-log', 'validate-usernametoken', 'gatewayscript', 'proxy'],
  },
  'xslt-soap.yaml': {
    operations: 1,
    basePath: '/rates',
    version: '3.1',
    policies: ['parse', 'xml-to-json', 'json-to-xml', 'xslt', 'redact'],
  },
};

it('every file of the folder is looked at', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected))('%s', (file, { operations, basePath, version, policies }) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const { definition, diagnostics } = compileDefinition(text, 'other');

  it('is read whole, with warnings only', () => {
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(definition).toMatchObject({ basePath, version });
    expect(definition?.operations).toHaveLength(operations);
    const { assembly } = definition ?? {};
    const nodes = [
      ...(assembly?.execute ?? []),
      ...(assembly?.catch ?? []).flatMap(({ execute }) => execute),
      ...(assembly?.finally ?? []),
    ];
    expect(nodes.map(({ policy }) => policy)).toEqual(policies);
  });

  it('has no member of a shape that the product does not know', () => {
    expect(diagnostics.filter(({ rule }) => rule === 'member-form')).toEqual([]);
  });

  it('warns of each policy that the lab does not run, by its name and at its line', () => {
    const told = diagnostics.filter(({ rule }) => rule === 'policy-unknown');
    const names = policies.filter((policy) => !POLICIES.has(policy));
    const lines = text.split('\n');
    for (const name of names) {
      const warning = told.find(({ message }) => message.includes(`the policy ${name}`));
      expect(warning?.severity, name).toBe('warning');
      expect(lines[(warning?.line ?? 0) - 1]?.slice((warning?.column ?? 0) - 1)).toMatch(
        new RegExp(`^"?${name}`),
      );
    }
  });
});
