// Clients that are not ours speak with both approaches over the gateway's TLS port.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { type ClientOptions, WebSocket } from 'ws';
import { brokenGuid, websocketTestYaml, websocketUpgradeYaml } from './lab/lesson.ts';
import { createSandbox } from './lab/sandbox.ts';
import { expect, test } from './lab/test.ts';
import { wscat } from './lab/wscat.ts';

const SELF_SIGNED: ClientOptions = { rejectUnauthorized: false };
const word = () => randomBytes(6).toString('hex');

/** Connects with `ws`, sends one text, gives what came: welcome and reply. */
async function converse(url: string, message: string): Promise<string[]> {
  const socket = new WebSocket(url, SELF_SIGNED);
  const received: string[] = [];
  socket.on('message', (data) => {
    received.push(String(data));
    if (received.length === 2) socket.close(1000);
  });
  socket.on('open', () => socket.send(message));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1000);
  return received;
}

/** Connects with `ws` and expects it to refuse; gives its sentence. */
async function refusal(url: string): Promise<string> {
  const socket = new WebSocket(url, SELF_SIGNED);
  const [error] = await once(socket, 'error');
  return error instanceof Error ? error.message : String(error);
}

for (const [approach, path] of [
  ['websocket-upgrade', '/demo/sandbox/websocket-upgrade'],
  ['websocket-test', '/demo/sandbox/websocket-test'],
] as const) {
  test(`the demo's ${approach} answers ws over TLS in capitals`, async ({ lab }) => {
    const message = word();
    expect(await converse(new URL(path, lab.gateway).href, message)).toEqual([
      'Welcome to the WebSocket server!',
      `Processed message: ${message.toUpperCase()}`,
    ]);
  });

  test(`the demo's ${approach} answers wscat in capitals`, async ({ lab }) => {
    const message = word();
    expect(await wscat(new URL(path, lab.gateway).href, message)).toContain(
      `Processed message: ${message.toUpperCase()}`,
    );
  });
}

test('the backend behind the gateway answers by itself on its own port', async ({ lab }) => {
  const message = word();
  expect((await converse(lab.backend, message))[1]).toBe(`Processed message: ${message.toUpperCase()}`);
});

test('a handler with a broken GUID is refused by ws and wscat, and connects again once mended', async ({
  request,
}) => {
  const sandbox = await createSandbox(request);
  const url = `${sandbox.gateway.wss}/websocket-test`;

  await sandbox.deploy('websocket-test', brokenGuid(websocketTestYaml));
  expect(await refusal(url)).toBe('Invalid Sec-WebSocket-Accept header');
  expect(await wscat(url, word())).toContain('Invalid Sec-WebSocket-Accept header');

  await sandbox.deploy('websocket-test', websocketTestYaml);
  const message = word();
  expect((await converse(url, message))[1]).toBe(`Processed message: ${message.toUpperCase()}`);
  expect(await wscat(url, message)).toContain(`Processed message: ${message.toUpperCase()}`);
});

test('without the echo a 101 that lacks Upgrade and Connection is refused by ws', async ({ request }) => {
  const sandbox = await createSandbox(request);
  const silent = websocketTestYaml.replace(
    '  properties:\n',
    '  properties:\n    lab-echo:\n      value: none\n',
  );
  await sandbox.deploy('websocket-test', silent);
  expect(await refusal(`${sandbox.gateway.wss}/websocket-test`)).toBe('Unexpected server response: 101');
});

test("a learner's own deployment answers under the learner's organization, and nobody else's", async ({
  request,
}) => {
  const [mine, other] = await Promise.all([createSandbox(request), createSandbox(request)]);
  await mine.deploy('websocket-upgrade', websocketUpgradeYaml);
  const message = word();
  expect((await converse(`${mine.gateway.wss}/websocket-upgrade`, message))[1]).toBe(
    `Processed message: ${message.toUpperCase()}`,
  );
  expect(await refusal(`${other.gateway.wss}/websocket-upgrade`)).toBe('Unexpected server response: 404');
});

test('the scripted 101 is on the wire byte for byte: the accept value of the RFC for its sample key', async ({
  lab,
}) => {
  const { hostname, port } = new URL(lab.gateway);
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  socket.write(
    'GET /demo/sandbox/websocket-test HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  let head = '';
  for await (const chunk of socket) {
    head += String(chunk);
    if (head.includes('\r\n\r\n')) break;
  }
  expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
  expect(head).toContain('\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
});
