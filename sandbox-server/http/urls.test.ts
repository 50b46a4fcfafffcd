import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ApiDefinition } from '../gateway/types.ts';
import { endpoints, gatewayUrls, urlBase } from './urls.ts';

const asked = { host: undefined, secure: false, publicHost: undefined, pagePort: 4321, gatewayPort: 9443 };

const definition = (operations: ApiDefinition['operations']): ApiDefinition => ({
  name: 'a',
  title: 'A',
  version: '1',
  basePath: '/chat',
  schemes: ['https', 'wss'],
  operations,
  properties: {},
  lab: { echo: 'upgrade', attach: 'none' },
  assembly: { execute: [], catch: [], finally: [] },
});

test('URLs carry the name and port by which the reader came', () => {
  const port = randomInt(1, 65_535);
  const base = urlBase({ ...asked, host: `lab.example.org:${port}` });
  expect(gatewayUrls(base, 'maple-heron')).toEqual({
    wss: 'wss://lab.example.org:9443/maple-heron/sandbox',
    ws: `ws://lab.example.org:${port}/gateway/maple-heron/sandbox`,
  });
});

test('without a Host header it is localhost and the real port', () => {
  expect(gatewayUrls(urlBase(asked), 'x').ws).toBe('ws://localhost:4321/gateway/x/sandbox');
});

test('PUBLIC_HOST goes before the Host header, whose port stays', () => {
  const base = urlBase({ ...asked, host: '10.0.0.7:8080', publicHost: 'lab.example.org' });
  expect(gatewayUrls(base, 'x').ws).toBe('ws://lab.example.org:8080/gateway/x/sandbox');
});

test('a page behind https gets wss, and no port where it has the usual one', () => {
  const base = urlBase({ ...asked, host: 'lab.example.org', secure: true });
  expect(gatewayUrls(base, 'x').ws).toBe('wss://lab.example.org/gateway/x/sandbox');
});

test('an IPv6 host keeps its brackets', () => {
  const base = urlBase({ ...asked, host: '[::1]:4321' });
  expect(gatewayUrls(base, 'x').wss).toBe('wss://[::1]:9443/x/sandbox');
});

test.each(['evil.example/x', 'a@b', 'a b', '"><script>', 'x?y', ':', 'a:99999'])(
  '%j is no host, and is not repeated',
  (host) => {
    expect(urlBase({ ...asked, host }).hostname).toBe('localhost');
  },
);

test('each GET operation has both URLs, "/" without a slash at its end, other methods none', () => {
  const operations = ['/', '/rooms/{id}'].map((path) => ({ id: null, method: 'get', path }));
  const all = definition([...operations, { id: null, method: 'post', path: '/other' }]);
  expect(endpoints(urlBase(asked), 'org', all)).toEqual([
    'wss://localhost:9443/org/sandbox/chat',
    'ws://localhost:4321/gateway/org/sandbox/chat',
    'wss://localhost:9443/org/sandbox/chat/rooms/{id}',
    'ws://localhost:4321/gateway/org/sandbox/chat/rooms/{id}',
  ]);
});

test('an API without wss has no URL, since a WebSocket client would get 404', () => {
  const all = definition([{ id: null, method: 'get', path: '/' }]);
  for (const schemes of [['https'], ['https', 'ws'], []])
    expect(endpoints(urlBase(asked), 'org', { ...all, schemes })).toEqual([]);
});
