// A script's own requests reach the servers of its sandbox, framed as HTTP demands, and never anything else.
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createWire } from '../../backend/wire.ts';
import { readConfig } from '../../config.ts';
import type { TargetCall } from '../../gatewayscript/types.ts';
import type { GatewayEventBody } from '../events.ts';
import { definitionText, scriptPolicy, startGateway } from '../started-gateway.fixture.ts';
import type { VirtualNetwork } from '../types.ts';
import { openInSandbox } from './open.ts';

const PORT = 3000;
const call = (over: Partial<TargetCall> = {}): TargetCall => ({
  target: `http://backend:${PORT}/`,
  method: 'GET',
  headers: [],
  body: new Uint8Array(),
  ...over,
});
const never = new AbortController().signal;

/** A network whose port 3000 tells back what it was sent. */
function mirror(): VirtualNetwork & { open(): number } {
  let open = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (request.url === '/never') return;
    if (request.url === '/big') return void response.end(randomBytes(2 * 1024 * 1024));
    response.writeHead(299, 'Mirrored', { 'X-Twice': ['1', '2'] });
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: body.toString('base64'),
      }),
    );
  });
  return {
    connect(port) {
      if (port !== PORT) throw new Error(`connect ECONNREFUSED: port ${port} of the sandbox has no server`);
      const [client, far] = createWire();
      open += 1;
      client.once('close', () => {
        open -= 1;
      });
      server.emit('connection', far);
      return client;
    },
    open: () => open,
  };
}

test('method, path, headers and body arrive, and the response comes back whole', async () => {
  const network = mirror();
  const events: GatewayEventBody[] = [];
  const [id, body] = [randomUUID(), randomBytes(50_000)];
  const open = openInSandbox(network, readConfig({}), (event) => events.push(event));
  const reply = await open(
    call({ target: `http://localhost:${PORT}/a?b=${id}`, method: 'PUT', headers: [['X-ID', id]], body }),
    never,
  );
  if (reply.kind === 'failed') throw new Error(reply.reason);
  expect(reply).toMatchObject({ status: 299, reason: 'Mirrored' });
  expect(reply.headers.filter(([name]) => name === 'X-Twice')).toEqual([
    ['X-Twice', '1'],
    ['X-Twice', '2'],
  ]);
  const seen = JSON.parse(Buffer.from(reply.body).toString());
  expect(seen).toMatchObject({ method: 'PUT', url: `/a?b=${id}`, body: body.toString('base64') });
  expect(seen.headers).toMatchObject({ host: `localhost:${PORT}`, 'x-id': id, 'content-length': '50000' });
  expect(events.map(({ type }) => type)).toEqual(['target-request', 'target-response']);
  await expect.poll(network.open).toBe(0);
});

test('headers that frame a request are the gateway’s own', async () => {
  const open = openInSandbox(mirror(), readConfig({}));
  const headers: [string, string][] = [
    ['Host', 'evil'],
    ['Content-Length', '5'],
    ['Transfer-Encoding', 'chunked'],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ];
  const reply = await open(call({ method: 'POST', headers, body: Buffer.from('abc') }), never);
  if (reply.kind === 'failed') throw new Error(reply.reason);
  const seen = JSON.parse(Buffer.from(reply.body).toString()).headers;
  expect(seen).toEqual({ host: `backend:${PORT}`, 'content-length': '3', connection: 'close' });
});

test.each([
  ['http://example.com/', /The host "example\.com" is outside the sandbox.*backend, localhost/],
  ['http://169.254.169.254/', /outside the sandbox/],
  ['http://[::1]/', /outside the sandbox/],
  ['http://backend:1/', /ECONNREFUSED: port 1 of the sandbox has no server/],
])('%s is not reached, and the reason is told', async (target, reason) => {
  const reply = await openInSandbox(mirror(), readConfig({}))(call({ target }), never);
  expect(reply).toMatchObject({ kind: 'failed', reason: expect.stringMatching(reason) });
});

test('an answer beyond the limit of bytes is refused', async () => {
  const network = mirror();
  const reply = await openInSandbox(network, readConfig({}))(
    call({ target: `http://backend:${PORT}/big` }),
    never,
  );
  expect(reply).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/body is over \d+ bytes/) });
  await expect.poll(network.open).toBe(0);
});

test('when the run is over its connection ends', async () => {
  const network = mirror();
  const over = new AbortController();
  const asked = openInSandbox(network, readConfig({}))(
    call({ target: `http://backend:${PORT}/never` }),
    over.signal,
  );
  expect(network.open()).toBe(1);
  over.abort();
  expect(await asked).toMatchObject({ kind: 'failed' });
  await expect.poll(network.open).toBe(0);
});

test('a policy’s script asks the uppercase server, which wants an upgrade, and answers with what it heard', async () => {
  const lab = await startGateway();
  onTestFinished(() => lab.close());
  lab.deploy(
    definitionText(
      '/ask',
      scriptPolicy(
        `require('urlopen').open('http://backend:8091/', (error, response) => {
  if (error) throw error;
  response.readAsBuffer((e, body) => { context.message.statusCode = 200; session.output.write(response.statusCode + ' ' + body); });
});`,
      ),
    ),
  );
  const response = await new Promise<string>((resolve, reject) => {
    const socket = lab.connect('/maple/sandbox/ask');
    socket.once('unexpected-response', async (_request, answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve(`${answer.statusCode} ${text}`);
    });
    socket.once('open', () => reject(new Error('it switched')));
  });
  expect(response).toBe('200 426 Upgrade Required');
  expect(lab.told('target-request')).toMatchObject([{ url: 'http://backend:8091/', method: 'GET' }]);
  expect(lab.told('target-response')).toMatchObject([{ status: 426 }]);
});
