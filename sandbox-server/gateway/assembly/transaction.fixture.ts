// A transaction for tests, of an API with a few properties, before its first policy.
import { createVirtualNetwork } from '../../backend/network.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import type { ApiDefinition, Organization } from '../types.ts';
import { contextVariables } from './context-variables.ts';
import type { Transaction } from './policy.ts';

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

/** `value` is that of the request's header `X-Tenant`. */
export function transaction(path = '/maple/sandbox/chat?a=1&b=%20x', value = 'one'): Transaction {
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
