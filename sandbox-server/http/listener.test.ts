import { once } from 'node:events';
import { request } from 'node:http';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Gateway } from '../gateway/types.ts';
import type { LabEnvironment } from './environment.ts';
import { listen } from './listen.ts';
import { createPageListener, gatewayPath } from './listener.ts';

test.each([
  ['/gateway/demo/sandbox/x?a=b', '/demo/sandbox/x?a=b'],
  ['/gateway/', '/'],
  ['/gateway', '/'],
  ['/gateway?a', '/?a'],
  ['/gateways/demo', undefined],
  ['http://lab.example:4321/gateway/demo/sandbox/x?a=b', '/demo/sandbox/x?a=b'],
  ['HTTPS://lab.example/gateway', '/'],
  ['http://lab.example?/gateway', undefined],
  ['http://lab.example/a/gateway', undefined],
  ['/', undefined],
  ['/a/gateway/demo', undefined],
])('%s is %s to the gateway', (url, path) => {
  expect(gatewayPath(url)).toBe(path);
});

/** Notes what the gateway is given; what it does with it is its own matter. */
async function started() {
  const seen: string[] = [];
  const gateway: Gateway = {
    handleRequest(incoming, response, listener) {
      seen.push(`${incoming.method} ${incoming.url} ${listener}`);
      response.end('gateway');
    },
    handleUpgrade(incoming, socket, _head, listener) {
      seen.push(`upgrade ${incoming.url} ${listener}`);
      socket.end('HTTP/1.1 418 Teapot\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    },
    handleHttp2: () => {},
    offersHttp2: () => false,
    stats: () => ({ connections: 0, handshakes: {} }),
    closing: false,
    close: async () => {},
  };
  const app = new Hono<LabEnvironment>();
  app.get('*', (c) => c.text(`app ${c.req.path}`));
  const page = createPageListener({
    app,
    gateway,
    headMaxBytes: 4_096,
    headTimeoutSeconds: 20,
    maxConnections: 20,
    pingSeconds: 60,
    textMaxBytes: 1_000,
  });
  const port = await listen(page.server, 0, '127.0.0.1');
  onTestFinished(async () => {
    const closed = page.close();
    page.end();
    await closed;
  });
  return { seen, port };
}

async function ask(port: number, path: string, headers: Record<string, string> = {}) {
  const sent = request({ port, host: '127.0.0.1', path, headers, agent: false });
  sent.end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, body: await text(response) };
}

test('what begins with /gateway goes to the gateway without that prefix, all else to the application', async () => {
  const { seen, port } = await started();
  expect(await ask(port, '/gateway/demo/sandbox/a%20b?c=d')).toEqual({ status: 200, body: 'gateway' });
  expect(await ask(port, '/other')).toEqual({ status: 200, body: 'app /other' });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/gateway/demo/sandbox/ws`);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  expect(response.statusCode).toBe(418);
  response.resume();
  expect(seen).toEqual(['GET /demo/sandbox/a%20b?c=d site', 'upgrade /demo/sandbox/ws site']);
});

test('websocket in a list of protocols is a handshake to the gateway; an unknown expectation is none', async () => {
  const { seen, port } = await started();
  for (const upgrade of ['h2c, WebSocket', 'websocket,h2c']) {
    const sent = request({
      port,
      host: '127.0.0.1',
      path: 'http://lab.example/gateway/demo/sandbox/ws',
      headers: { upgrade, connection: 'keep-alive, Upgrade' },
      agent: false,
    });
    sent.end();
    const [response] = await once(sent, 'response');
    expect(response.statusCode).toBe(418);
    response.resume();
  }
  expect(await ask(port, '/gateway/demo', { expect: 'more' })).toEqual({ status: 200, body: 'gateway' });
  expect(await ask(port, '/other', { expect: 'more' })).toEqual({ status: 200, body: 'app /other' });
  expect(seen).toEqual(['upgrade /demo/sandbox/ws site', 'upgrade /demo/sandbox/ws site', 'GET /demo site']);
});

test('CONNECT is told that this is no proxy, and the connection ends; below /gateway it is the gateway’s', async () => {
  const { seen, port } = await started();
  const connect = async (target: string, ahead = '') => {
    const socket = createConnection(port, '127.0.0.1');
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n${ahead}`);
    return text(socket);
  };
  for (const ahead of ['', 'x'.repeat(Math.floor(Math.random() * 100_000))]) {
    const answer = await connect(`host${Math.floor(Math.random() * 1_000)}.example:443`, ahead);
    expect(answer).toMatch(/^HTTP\/1\.1 501 Not Implemented\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({
      error: {
        code: 'no-proxy',
        message: expect.stringMatching(/proxy/),
        hint: expect.stringMatching(/URL/),
      },
    });
  }
  expect(await connect('/gateway/demo')).toMatch(/^HTTP\/1\.1 418/);
  expect(seen).toEqual(['upgrade /demo site']);
});

test('a head above the bound is 431', async () => {
  const { port } = await started();
  expect((await ask(port, '/', { 'x-large': 'x'.repeat(5_000) })).status).toBe(431);
});
