import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOperation } from '../handshake/routing.ts';
import type { ApiDefinition, Operation } from '../types.ts';
import { pathParameters } from './path-parameters.ts';

const segment = fc.stringMatching(/^[a-z0-9%._~-]{1,8}$/);
const name = fc.stringMatching(/^[a-z]{1,5}$/);

function told(operationPath: string, requestPath: string, basePath = '/base'): [string, string][] {
  const operation: Operation = { id: null, method: 'get', path: operationPath };
  const api: ApiDefinition = {
    name: 'a',
    title: 'a',
    version: '1',
    basePath,
    schemes: [],
    operations: [operation],
    properties: {},
    lab: { echo: 'upgrade', attach: 'none' },
    assembly: { execute: [], catch: [], finally: [] },
  };
  expect(
    findOperation(
      api,
      'GET',
      requestPath
        .split('?')[0]
        ?.replace(/^.*?\/org\/cat/, '')
        .slice(basePath.length) ?? '',
    ),
  ).toBe(operation);
  return [...pathParameters(requestPath, api, operation)];
}

describe('the parameters of a path', () => {
  it.each([
    ['/echo/{name}', '/org/cat/base/echo/a%20b?name=c', [['name', 'a%20b']]],
    [
      '/{a}/x/{b}',
      'https://gateway:9443/org/cat/base/1/x/2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['/files/{+rest}', '/org/cat/base/files/a/b/c', [['rest', 'a/b/c']]],
    ['/files/{*rest}', '/org/cat/base/files', [['rest', '']]],
    ['/files/{*rest}', '/org/cat/base/files/a/b', [['rest', 'a/b']]],
    ['/', '/org/cat/base', []],
  ])('of %s in %s', (template, path, expected) => {
    expect(told(template, path)).toEqual(expected);
  });

  it('are those that the template names, whatever stands in their places', () => {
    const part = fc.oneof(fc.record({ name, value: segment }), segment);
    fc.assert(
      fc.property(
        fc.uniqueArray(part, {
          minLength: 1,
          maxLength: 6,
          selector: (each) => (typeof each === 'string' ? `/${each}` : each.name),
        }),
        (parts) => {
          const template = parts.map((each) =>
            typeof each === 'string' ? each.replaceAll('%', '') || 'x' : `{${each.name}}`,
          );
          const path = parts.map((each, i) => (typeof each === 'string' ? template[i] : each.value));
          const expected = parts.flatMap((each) =>
            typeof each === 'string' ? [] : [[each.name, each.value]],
          );
          expect(told(`/${template.join('/')}`, `/org/cat/base/${path.join('/')}`)).toEqual(expected);
        },
      ),
    );
  });
});
