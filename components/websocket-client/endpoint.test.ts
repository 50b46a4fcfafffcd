import { expect, test } from 'vitest';
import { endpointOf, gatewayPath, urlProblem } from './endpoint.ts';

test.each([
  ['http://localhost:4321', 'ws://localhost:4321'],
  ['https://lab.example', 'wss://lab.example'],
])('the endpoint of a page at %s is behind the same origin', (origin, socket) => {
  const url = endpointOf(origin, 'maple-heron', '/websocket-test');
  expect(url).toBe(`${socket}/gateway/maple-heron/sandbox/websocket-test`);
  expect(gatewayPath(origin, `${url}?a=b`)).toBe('/maple-heron/sandbox/websocket-test?a=b');
});

test('a URL that leads elsewhere has no path at this gateway', () => {
  for (const url of ['wss://localhost:9443/demo/sandbox/x', 'ws://localhost:4321/other', 'nonsense']) {
    expect(gatewayPath('http://localhost:4321', url)).toBeNull();
  }
});

test.each(['nonsense', 'localhost:4321/x', 'http://localhost/x', '//x', 'ws://'])(
  '%s is no WebSocket URL',
  (url) => {
    expect(urlProblem(url)).toContain('ws://');
  },
);

test('a WebSocket URL is taken, with a query, but without a fragment', () => {
  expect(urlProblem('ws://localhost:1/gateway/a/sandbox/b?c=d')).toBeNull();
  expect(urlProblem('wss://elsewhere.example')).toBeNull();
  expect(urlProblem('wss://elsewhere.example/#part')).toContain('#part');
});
