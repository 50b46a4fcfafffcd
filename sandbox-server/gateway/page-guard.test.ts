import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../http/listen.ts';
import { headerPairs } from './handshake/headers.ts';
import { exchangeRaw } from './raw-client.fixture.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

const secret = randomBytes(6).toString('hex');
/** What a script would send to become a part of the page. */
const OWN: Record<string, string> = {
  'Set-Cookie': `a=${secret}`,
  'Service-Worker-Allowed': '/',
  'Clear-Site-Data': '"*"',
  'Content-Security-Policy': "script-src 'unsafe-inline'",
  'Content-Disposition': 'inline',
  'Strict-Transport-Security': 'max-age=1000',
};
const setOwn = Object.entries(OWN)
  .map(([name, value]) => `context.set('message.headers.${name}', ${JSON.stringify(value)});`)
  .join('\n');
const page = `context.set('message.status.code', 200);
context.set('message.headers.Content-Type', 'text/html');
context.set('message.body', '<script>${secret}</script>');
${setOwn}`;

let lab: StartedGateway;
let port: number;
const site = createServer((request, response) => lab.gateway.handleRequest(request, response, 'site'));
site.on('upgrade', (request, socket, head) => lab.gateway.handleUpgrade(request, socket, head, 'site'));
beforeAll(async () => {
  lab = await startGateway();
  lab.deploy(definitionText('/page', scriptPolicy(page)));
  lab.deploy(definitionText('/two', scriptPolicy(`${handshakeScript()}\n${setOwn}`)));
  lab.deploy(definitionText('/one', upgradePolicy()));
  port = await listen(site, 0, '127.0.0.1');
});
afterAll(async () => {
  await lab.close();
  site.close();
  expect(lab.faults).toEqual([]);
});
beforeEach(() => {
  lab.events.length = 0;
});

async function ask(path: string, headers: Record<string, string> = {}) {
  const sent = httpRequest({ port, host: '127.0.0.1', path, headers, agent: false });
  sent.end();
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (!response) throw new Error('no response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe("the gateway on the page's port", () => {
  it.each([
    ['a page of a script', '/maple/sandbox/page', 200],
    ["a target's own answer", '/maple/sandbox/one', 426],
    ['an error of the gateway', '/maple/sandbox/nothing', 404],
    ['an unknown organization', '/birch/sandbox/page', 404],
  ])('answers %s so that no browser runs it under the origin of the page', async (_, path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-disposition': 'attachment',
    });
    for (const name of [
      'set-cookie',
      'service-worker-allowed',
      'clear-site-data',
      'strict-transport-security',
    ])
      expect(answer.headers).not.toHaveProperty(name);
  });

  it('tells the learner which headers it left out, and sends them on its own port', async () => {
    await ask('/maple/sandbox/page');
    const said = lab.told('gateway-log').map(({ text }) => text);
    for (const name of Object.keys(OWN))
      expect(said.filter((line) => line.includes(` ${name} `))).toHaveLength(1);
    const own = await exchangeRaw(lab.port, 'GET /maple/sandbox/page HTTP/1.1\r\nHost: a\r\n\r\n');
    for (const [name, value] of Object.entries(OWN)) expect(own.head).toContain(`${name}: ${value}`);
    expect(own.head).not.toContain('sandbox;');
  });

  it.each([
    { 'Service-Worker': 'script' },
    { 'Service-Worker': 'script', 'Sec-Fetch-Dest': 'empty' },
    ...['document', 'iframe', 'script', 'style', 'serviceworker', 'worker', 'image', 'object'].map((use) => ({
      'Sec-Fetch-Dest': use,
    })),
  ])('refuses a browser that wants it as a part of a page: %j', async (headers) => {
    const answer = await ask('/maple/sandbox/page', headers);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain(secret);
    expect(answer.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
  });

  it('serves fetch and handshakes, the 101 without what would stay with the origin', async () => {
    expect((await ask('/maple/sandbox/page', { 'Sec-Fetch-Dest': 'empty' })).status).toBe(200);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/maple/sandbox/two`, {
      headers: { 'Sec-Fetch-Dest': 'websocket' },
    });
    const [response]: IncomingMessage[] = await once(socket, 'upgrade');
    expect(response?.statusCode).toBe(101);
    expect(response?.headers).not.toHaveProperty('set-cookie');
    expect(response?.headers['content-disposition']).toBe('inline');
    // What is told went out, to the byte.
    expect(lab.told('response-sent').at(-1)?.headers).toEqual(headerPairs(response?.rawHeaders ?? []));
    socket.terminate();
    await lab.tells('connection-closed');
  });

  it('sends the 101 of a handler whose upgrade is off without what would stay with the origin, too', async () => {
    const { settings } = lab;
    settings.webSocketUpgrade = false;
    const sent = httpRequest({
      port,
      host: '127.0.0.1',
      path: '/maple/sandbox/two',
      agent: false,
      headers: {
        Upgrade: 'websocket',
        Connection: 'Upgrade',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      },
    });
    sent.end();
    const [response, socket] = await once(sent, 'upgrade');
    settings.webSocketUpgrade = true;
    expect(response.headers).toMatchObject({ 'content-disposition': 'inline' });
    expect(response.headers).not.toHaveProperty('set-cookie');
    expect(lab.told('response-sent').at(-1)?.headers).toEqual(headerPairs(response.rawHeaders));
    socket.destroy();
  });
});
