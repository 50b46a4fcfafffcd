import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { type RunningServer, startServer } from '../server.ts';
import { newSandbox, testConfig } from './testing.ts';

async function started(): Promise<RunningServer> {
  const server = await startServer(
    testConfig({ DEFINITION_MAX_BYTES: '100000', DEFINITION_BODY_MAX_BYTES: '1000000' }),
  );
  onTestFinished(() => server.close());
  return server;
}

interface Sent {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
  chunked?: boolean;
}

/** One connection, used again for each request; a connection that dies under a request rejects. */
function oneConnection(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return async ({ method = 'GET', path, headers = {}, body, chunked = false }: Sent) => {
    const length = body && !chunked ? { 'content-length': String(body.length) } : {};
    const sent = request({
      port,
      host: '127.0.0.1',
      agent,
      method,
      path,
      headers: { ...headers, ...length },
    });
    sent.end(body);
    const [response]: IncomingMessage[] = await once(sent, 'response');
    if (!response) throw new Error('no response');
    await text(response);
    return {
      status: response.statusCode,
      reused: sent.reusedSocket,
      connection: response.headers.connection,
    };
  };
}

const yaml = { 'content-type': 'application/yaml' };
const size = (least: number) => Buffer.alloc(least + Math.floor(Math.random() * 50_000), '#');

test.each([
  ['too large', 413, yaml, true, false],
  ['too large and in chunks', 413, yaml, true, true],
  ['of another type', 415, { 'content-type': 'image/png' }, true, false],
  ['without a token', 401, yaml, false, false],
])('a definition %s is %i, and the connection serves on', async (_, status, headers, known, chunked) => {
  const server = await started();
  const sandbox = await newSandbox(server.lab);
  const ask = oneConnection(server.ports.page);
  const auth = known ? sandbox.bearer : {};
  const path = `${sandbox.path}/apis/large`;
  for (const body of [size(1_100_000), size(9_000_000)]) {
    const fitting = status === 413 ? body : body.subarray(0, 90_000);
    const answer = await ask({
      method: 'PUT',
      path,
      headers: { ...headers, ...auth },
      body: status === 401 ? body : fitting,
      chunked,
    });
    expect(answer.status).toBe(status);
    for (let i = 0; i < 3; i += 1) {
      expect(await ask({ path: '/healthz' })).toMatchObject({ status: 200, reused: true });
    }
  }
});

test('a body without a sensible end is answered, and its connection closed', async () => {
  const server = await started();
  const sandbox = await newSandbox(server.lab);
  const ask = oneConnection(server.ports.page);
  const answer = await ask({
    method: 'PUT',
    path: `${sandbox.path}/apis/large`,
    headers: { ...yaml, ...sandbox.bearer },
    body: size(20_000_000),
  });
  expect(answer).toMatchObject({ status: 413, connection: 'close' });
  expect(await ask({ path: '/healthz' })).toMatchObject({ status: 200, reused: false });
});
