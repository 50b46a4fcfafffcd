import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { definitionText, upgradePolicy } from '../started-gateway.fixture.ts';
import { compileDefinition } from './compile.ts';

const good = definitionText('/one', upgradePolicy());

describe('compiling a definition', () => {
  it('gives the gateway all that it serves, and says nothing where all is right', () => {
    const { definition, diagnostics } = compileDefinition(good, 'one');
    expect(diagnostics).toEqual([]);
    expect(definition).toMatchObject({
      name: 'test',
      version: '1.0.0',
      basePath: '/one',
      schemes: ['https', 'wss'],
      operations: [
        { id: null, method: 'get', path: '/' },
        { method: 'post', path: '/' },
        { method: 'get', path: '/echo/{name}' },
      ],
      lab: { echo: 'upgrade', attach: 'none' },
      assembly: {
        execute: [
          {
            policy: 'websocket-upgrade',
            title: 'websocket-upgrade',
            line: good.split('\n').findIndex((line) => line.includes('- websocket')) + 1,
          },
        ],
      },
    });
  });

  it('reads JSON as well as YAML, to the same definition', () => {
    const value = {
      swagger: '2.0',
      info: { title: 'a', version: '2', 'x-ibm-name': 'a' },
      basePath: '/a',
      schemes: ['wss'],
      paths: { '/': { get: { operationId: 'connect' } } },
      'x-ibm-configuration': {
        gateway: 'datapower-api-gateway',
        properties: { host: { value: 'backend' }, 'lab-attach': { value: 'uppercase' } },
        catalogs: { Sandbox: { properties: { host: 'localhost' } }, other: { properties: { host: 'no' } } },
        assembly: {
          execute: [
            { 'websocket-upgrade': { version: '2.0.0', title: 'Go', 'target-url': 'http://$(host):8091' } },
          ],
        },
      },
    };
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, '\t')]) {
      const { definition, diagnostics } = compileDefinition(text, 'one');
      expect(diagnostics).toEqual([]);
      expect(definition).toMatchObject({
        operations: [{ id: 'connect' }],
        properties: { host: 'localhost' },
        lab: { attach: 'uppercase' },
        assembly: { execute: [{ title: 'Go', index: 0, branches: [[], []] }], catch: [], finally: [] },
      });
    }
  });

  it.each([
    ['wss://gateway.example/one', '/one', ['wss'], []],
    ['/one', '/one', ['https', 'wss'], []],
    ['https://$(catalog.host)/one', '/one', ['https', 'wss'], ['scheme-wss-missing']],
  ])('reads base path and schemes of OpenAPI 3 from its server %s', (url, basePath, schemes, rules) => {
    const text = good
      .replace("swagger: '2.0'", 'openapi: 3.0.3')
      .replace('basePath: /one', `servers: [{url: "${url}"}]`)
      .replace(/schemes.*\n/, '');
    const { definition } = compileDefinition(text, 'one');
    expect(definition).toMatchObject({ basePath, schemes });
    expect(compileDefinition(text, 'one').diagnostics.map(({ rule }) => rule)).toEqual(rules);
  });

  it('serves the path of the first of several servers, and warns of each other path at its line', () => {
    const other = `/v${randomInt(1_000_000)}`;
    const servers = ['https://x/one', 'wss://y/one/', `wss://x${other}`, '/']
      .map((url) => `  - url: ${url}`)
      .join('\n');
    const text = good
      .replace("swagger: '2.0'", 'openapi: 3.0.3')
      .replace('basePath: /one', `servers:\n${servers}`)
      .replace(/schemes.*\n/, '');
    const { definition, diagnostics } = compileDefinition(text, 'one');
    expect(definition).toMatchObject({ basePath: '/one', schemes: ['https', 'wss'] });
    const ignored = { severity: 'warning', rule: 'server-ignored' };
    expect(diagnostics).toMatchObject([
      {
        ...ignored,
        path: ['servers', 2, 'url'],
        message: expect.stringContaining(`The path ${other} is not`),
      },
      { ...ignored, path: ['servers', 3, 'url'], message: expect.stringContaining('The path / is not') },
    ]);
    for (const { line, path } of diagnostics)
      expect(text.split('\n')[line - 1]).toBe(servers.split('\n')[Number(path[1])]);
  });

  it('offers an OpenAPI 2 file without schemes under https and wss', () => {
    const { definition } = compileDefinition(good.replace(/schemes.*\n/, ''), 'one');
    expect(definition).toMatchObject({ schemes: ['https', 'wss'] });
  });

  it('takes names and versions that are missing from the deployment, with a warning', () => {
    const text = good.replace(/info:.*\n/, '');
    expect(compileDefinition(text, 'mine').definition).toMatchObject({
      name: 'mine',
      title: 'mine',
      version: '1.0.0',
    });
    expect(compileDefinition(text, 'one').diagnostics).toMatchObject([
      { severity: 'warning', rule: 'info-incomplete' },
    ]);
  });

  it('tells a version as it was written, with quotes and without', () => {
    for (const [written, told] of [
      ['1.0', '1.0'],
      ["'1.0'", '1.0'],
      ['2', '2'],
      ['1.10', '1.10'],
    ])
      expect(
        compileDefinition(good.replace('version: 1.0.0', `version: ${written}`), 'one').definition?.version,
      ).toBe(told);
    const openapi3 = good
      .replace("swagger: '2.0'", 'openapi: 3.0')
      .replace('basePath: /one', 'servers: [{url: /one}]');
    expect(compileDefinition(openapi3, 'one').definition?.basePath).toBe('/one');
    expect(compileDefinition(good.replace("'2.0'", '2.0'), 'one').definition).not.toBeNull();
  });

  it('puts the defaults of a server’s variables into its URL', () => {
    const name = `a${randomInt(1_000_000)}`;
    const openapi3 = (variables: string) =>
      good
        .replace("swagger: '2.0'", 'openapi: 3.0.3')
        .replace(/schemes.*\n/, '')
        .replace('basePath: /one', `servers: [{url: "{scheme}://x/{name}/v{n}", variables: ${variables}}]`);
    const { definition, diagnostics } = compileDefinition(
      openapi3(`{scheme: {default: wss}, name: {default: ${name}}, n: {default: 1}}`),
      'one',
    );
    expect(diagnostics).toEqual([]);
    expect(definition).toMatchObject({ basePath: `/${name}/v1`, schemes: ['wss'] });
    const without = compileDefinition(openapi3(`{scheme: {default: wss}, name: {default: ${name}}}`), 'one');
    expect(without.diagnostics).toMatchObject([
      {
        severity: 'warning',
        rule: 'server-variable',
        message: expect.stringContaining('variables: {n: {default'),
      },
    ]);
  });
});
