import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathParameters } from '../assembly/path-parameters.ts';
import type { ApiDefinition } from '../types.ts';
import { findRoute, parseAddress } from './routing.ts';

function api(basePath: string, paths: string[] = ['/'], schemes = ['https', 'wss']): ApiDefinition {
  return {
    name: basePath,
    title: '',
    version: '1.0.0',
    basePath,
    schemes,
    operations: paths.map((path) => ({ id: null, method: 'get', path })),
    properties: {},
    lab: { echo: 'upgrade', attach: 'none' },
    assembly: { execute: [], catch: [], finally: [] },
  };
}

function routed(apis: ApiDefinition[], rest: string, method = 'GET') {
  const route = findRoute(apis, method, rest, true);
  return 'operation' in route ? `${route.api.basePath} ${route.operation.path}` : route.moreInformation;
}

describe('routing', () => {
  it('reads organization, catalog, the rest and the query of any path', () => {
    const segment = fc.stringMatching(/^[a-z0-9%.-]{1,9}$/);
    fc.assert(
      fc.property(
        segment,
        segment,
        fc.array(segment),
        fc.stringMatching(/^[a-z=&?]*$/),
        (organization, catalog, more, query) => {
          const rest = more.map((part) => `/${part}`).join('');
          const target = `/${organization}/${catalog}${rest}${query === '' ? '' : `?${query}`}`;
          const expected = { organization, catalog, rest, query };
          expect(parseAddress(target)).toEqual(expected);
          expect(parseAddress(`https://gateway.example:9443${target}`)).toEqual(expected);
        },
      ),
    );
  });

  it.each(['', '/', '/only', '*', 'gateway.example:443', '//', '/a//'])(
    'finds no address in %j',
    (target) => {
      const address = parseAddress(target);
      expect(address === null || address.rest.startsWith('/')).toBe(true);
    },
  );

  it('takes the API with the longest base path, by whole segments', () => {
    const apis = [api('/chat'), api('/chat/room'), api('/chat/room/1')];
    expect(routed(apis, '/chat/room')).toBe('/chat/room /');
    expect(routed(apis, '/chat/room/')).toBe('/chat/room /');
    expect(routed(apis, '/chatroom')).toBe('API not found for requested URI');
    expect(routed(apis, '/chat/roomy')).toBe('No resources match requested URI');
  });

  it('matches base path and path as their characters, however a client encodes them', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 5 })
      .filter((text) => !/[/{}%?#]/.test(text));
    fc.assert(
      fc.property(part, part, part, fc.boolean(), (base, path, value, all) => {
        const every = (text: string) =>
          [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
        const sent = (text: string) => (all ? every(text) : encodeURIComponent(text));
        const one = api(`/${base}/x`, [`/${path}/{name}`]);
        const rest = `/${sent(base)}/x/${sent(path)}/${sent(value)}`;
        const route = findRoute([one], 'GET', rest, true);
        expect(route).toMatchObject({ api: one, operation: { path: `/${path}/{name}` } });
        const operation = { path: `/${path}/{name}` };
        expect(pathParameters(`/o/c${rest}?a=b`, one, operation).get('name')).toBe(sent(value));
      }),
    );
  });

  it('prefers a path that is written out to one with parameters', () => {
    const apis = [api('/a', ['/{any}/x', '/b/x', '/{+rest}'])];
    expect(routed(apis, '/a/b/x')).toBe('/a /b/x');
    expect(routed(apis, '/a/c/x')).toBe('/a /{any}/x');
    expect(routed(apis, '/a/c/d/e')).toBe('/a /{+rest}');
    expect(routed([api('/a', ['/{any}'])], '/a/%2e%2e')).toBe('/a /{any}');
    expect(routed([api('/a', ['/{any}'])], '/a//')).toBe('No resources match requested URI');
  });

  it('lets the last parameter stand for several parts, with * also for none', () => {
    const apis = [api('/a', ['/b/{*rest}', '/b/c', '/d/{+rest}', '/d/{one}'])];
    expect(routed(apis, '/a/b')).toBe('/a /b/{*rest}');
    expect(routed(apis, '/a/b/c')).toBe('/a /b/c');
    expect(routed(apis, '/a/b/c/d')).toBe('/a /b/{*rest}');
    expect(routed(apis, '/a/d')).toBe('No resources match requested URI');
    expect(routed(apis, '/a/d/e')).toBe('/a /d/{one}');
    expect(routed(apis, '/a/d/e/f')).toBe('/a /d/{+rest}');
  });

  it('takes a part that is no whole parameter as it is written, encoded or not', () => {
    const apis = [api('/a', ['/{n}.json', '/{b}{c}', '/x%20y', '/z z'])];
    for (const rest of ['/a/1.json', '/a/1', '/a/x-y']) {
      expect(routed(apis, rest)).toBe('No resources match requested URI');
    }
    expect(routed(apis, '/a/%7Bn%7D.json')).toBe('/a /{n}.json');
    expect([routed(apis, '/a/x%20y'), routed(apis, '/a/z%20z')]).toEqual(['/a /x%20y', '/a /z z']);
  });

  it('answers another method with the product’s second 404', () => {
    expect(routed([api('/a')], '/a', 'POST')).toBe('No resources match requested URI');
  });

  it('finds no API for a handshake where wss is not among the schemes, and says why', () => {
    const apis = [api('/a', ['/'], ['https'])];
    const route = findRoute(apis, 'GET', '/a', true);
    expect(route).toMatchObject({
      moreInformation: 'API not found for requested URI',
      why: expect.stringContaining('Add wss'),
    });
    expect(findRoute(apis, 'GET', '/a', false)).toHaveProperty('operation');
  });

  it('serves an API at the root of the catalog', () => {
    expect(routed([api(''), api('/a')], '/b')).toBe('No resources match requested URI');
    expect(routed([api('')], '')).toBe(' /');
  });
});
