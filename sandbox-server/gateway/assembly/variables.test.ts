import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualNetwork } from '../../backend/network.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import type { ApiDefinition, Organization } from '../types.ts';
import { contextVariables } from './context-variables.ts';
import type { Transaction } from './policy.ts';
import { resolveText } from './variables.ts';

const api: ApiDefinition = {
  name: 'chat',
  title: 'Chat',
  version: '1.0.0',
  basePath: '/chat',
  schemes: ['wss'],
  operations: [],
  properties: { host: 'backend', port: 8091, nested: { deep: [1] } },
  lab: { echo: 'upgrade', attach: 'none' },
  assembly: { execute: [], catch: [], finally: [] },
};
const organization: Organization = {
  name: 'maple',
  catalog: 'sandbox',
  apis: () => [api],
  products: [],
  network: createVirtualNetwork({ onConsole() {} }),
  settings: DEFAULT_SETTINGS,
  events: { emit() {}, watched: () => false, takeFrame: () => false },
  touch() {},
};
const operation = { id: 'connect', method: 'get', path: '/' };

function transaction(path = '/maple/sandbox/chat?a=1&b=%20x', value = 'one'): Transaction {
  return {
    id: 'f00',
    request: { method: 'GET', path, headers: [['X-Tenant', value]], body: new Uint8Array() },
    httpVersion: '1.1',
    upgradable: true,
    remote: '127.0.0.1',
    organization,
    api,
    operation,
    message: {
      status: null,
      headers: [{ name: 'X-Own', value: 'set', origin: 'policy' }],
      body: new Uint8Array(),
      bodyOrigin: 'request',
    },
    variables: {
      ...contextVariables(organization, api, operation, 'f00', 'gateway.example:9443'),
      chosen: 'mine',
    },
    signal: new AbortController().signal,
    emit() {},
  };
}

describe('references in a property', () => {
  it.each([
    ['http://$(host):$(port)', 'http://backend:8091'],
    ['$(api.properties.host)', 'backend'],
    ['$( host )', 'backend'],
    [
      '$(api.name) $(api.version) $(api.org.name) $(api.catalog.path) $(api.endpoint.hostname)',
      'chat 1.0.0 maple /sandbox gateway.example',
    ],
    ['$(request.headers.x-tenant)/$(message.headers.x-own)', 'one/set'],
    [
      '$(request.path)|$(request.search)|$(request.querystring)',
      '/maple/sandbox/chat|?a=1&b=%20x|a=1&b=%20x',
    ],
    ['$(request.parameters.b)', ' x'],
    ['$(request.verb) $(session.globalTransactionID) $(chosen)', 'GET f00 mine'],
    ['$(nested)', '{"deep":[1]}'],
    ['no reference, $(), $x', 'no reference, , $x'],
  ])('%s becomes %s', (text, expected) => {
    expect(resolveText(text, transaction()).text).toBe(expected);
  });

  it('names those without a value, which become empty', () => {
    expect(resolveText('a$(nowhere)b$(request.headers.none)', transaction())).toEqual({
      text: 'ab',
      missing: ['nowhere', 'request.headers.none'],
    });
  });

  it('reaches nothing that is not a variable', () => {
    for (const name of ['__proto__', 'constructor', 'api.constructor', 'host.length', 'toString']) {
      expect(resolveText(`$(${name})`, transaction()).missing).toEqual([name]);
    }
  });

  it('never reads a reference out of a request’s own text', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.trim()),
        (value) => {
          const text = `${value}$(host)`;
          expect(resolveText('$(request.headers.X-Tenant)', transaction('/', text)).text).toBe(text.trim());
        },
      ),
    );
  });
});
