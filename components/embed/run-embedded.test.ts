import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { parseRequest } from '../gatewayscript-editor/parse-request.ts';
import { runEmbedded } from './run-embedded.ts';

const answer = {
  outcome: 'completed',
  response: { status: 200, reason: 'OK', headers: [], body: randomUUID() },
  console: [],
  truncated: false,
  trace: [],
  error: null,
  handshake: [],
};

/** A lab on a free port; gives its origin. */
async function labOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => void server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

const bodyOf = async (request: IncomingMessage) =>
  JSON.parse(Buffer.concat(await request.toArray()).toString('utf8'));
const { signal } = new AbortController();

test('script, request and properties go to the lab, and nothing that tells who asks', async () => {
  const script = randomUUID();
  let asked: unknown;
  let headers: IncomingMessage['headers'] = {};
  const lab = await labOf(async (request, response) => {
    asked = { path: request.url, ...(await bodyOf(request)) };
    headers = request.headers;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  const request = parseRequest('POST /a HTTP/1.1\nX-A: 1\nX-A: 2\n\nbody');
  const run = await runEmbedded({ lab, script, request, properties: '{"a": 1}' }, signal);
  expect(run).toEqual(answer);
  expect(asked).toEqual({
    path: '/api/runs',
    script,
    request: { method: 'POST', path: '/a', headers: { 'X-A': ['1', '2'] }, body: 'body' },
    properties: { a: 1 },
  });
  expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined]);
});

test('without a request the lab makes one', async () => {
  let asked: object = {};
  const lab = await labOf(async (request, response) => {
    asked = await bodyOf(request);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await runEmbedded({ lab, script: '', request: null, properties: null }, signal);
  expect(asked).not.toHaveProperty('request');
});

test('where the browser keeps the answer from the page, but the lab is there, its operator is named', async () => {
  // What a browser makes of an answer that is not for the page: none.
  const lab = await labOf((request, response) => {
    if (request.url === '/embed.js') response.end();
    else request.socket.destroy();
  });
  await expect(
    runEmbedded({ lab, script: '', request: null, properties: null }, signal),
  ).rejects.toMatchObject({
    code: 'not-allowed',
    message: expect.stringContaining(lab),
    hint: expect.stringContaining('EMBED_ORIGINS'),
  });
});

test('where nobody answers, that is said', async () => {
  const lab = await labOf((request) => request.socket.destroy());
  await expect(
    runEmbedded({ lab, script: '', request: null, properties: null }, signal),
  ).rejects.toMatchObject({
    code: 'server-away',
  });
});

test('a busy lab says when to come again', async () => {
  const lab = await labOf((_, response) =>
    response
      .writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' })
      .end(JSON.stringify({ error: { code: 'engine-busy', message: 'Busy.', hint: 'Wait.' } })),
  );
  await expect(
    runEmbedded({ lab, script: '', request: null, properties: null }, signal),
  ).rejects.toMatchObject({
    retryAfterSeconds: 7,
    status: 429,
  });
});

test('a header line of the page that is none is not sent', async () => {
  const request = { method: 'GET', path: '/', headerLines: 'no colon', body: '' };
  await expect(
    runEmbedded({ lab: 'http://127.0.0.1:1', script: '', request, properties: null }, signal),
  ).rejects.toMatchObject({ code: 'header-line' });
});
