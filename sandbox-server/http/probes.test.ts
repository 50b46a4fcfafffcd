import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../server.ts';
import { probeResultSchema } from './probe-schemas.ts';
import { definition, newSandbox, problemOf, testConfig } from './testing.ts';

const HANDSHAKE = `context.set('message.status.code', 101);
context.set('message.headers.Sec-WebSocket-Accept', require('crypto').createHash('sha1')
  .update(context.get('request.headers.Sec-WebSocket-Key') + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64'));`;

async function startedLab(settings: Record<string, string> = {}) {
  const server = await startServer(testConfig(settings), { log: pino({ level: 'silent' }) });
  onTestFinished(() => server.close());
  const { lab } = server;
  const sandbox = await newSandbox(lab);
  const send = (path: string, method: string, body: string, type: string) =>
    lab.app.request(`${sandbox.path}${path}`, {
      method,
      headers: { ...sandbox.bearer, host: 'localhost', 'content-type': type },
      body,
    });
  return {
    server,
    sandbox,
    deploy: async (name: string, text: string) => {
      expect((await send(`/apis/${name}`, 'PUT', text, 'application/yaml')).status).toBe(200);
    },
    ask: (body: object) => send('/probes', 'POST', JSON.stringify(body), 'application/json'),
    async probe(body: object) {
      const response = await this.ask(body);
      expect(response.status).toBe(200);
      return probeResultSchema.parse(await response.json());
    },
  };
}

test.each(['wscat', 'websocat'] as const)(
  '%s connects over TLS, says its messages, prints the answers and closes',
  async (client) => {
    const lab = await startedLab();
    await lab.deploy('one', definition({ basePath: '/one' }));
    const word = randomBytes(6).toString('hex');
    const result = await lab.probe({ client, path: '/one', messages: [{ text: word, repeat: 2 }] });
    expect(result).toMatchObject({
      opened: true,
      status: 101,
      connection: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    const text = result.lines.join('\n');
    expect(text).toContain('Welcome to the WebSocket server!');
    expect(text).toContain(`Processed message: ${word.toUpperCase().repeat(2)}`);
    expect(text).toContain(client === 'wscat' ? 'Connected' : 'Connected to ws');
    const { events } = lab.server.lab.directory.find(lab.sandbox.organization) ?? {};
    const closed = () =>
      events
        ?.kept()
        .find(({ type, connection }) => type === 'connection-closed' && connection === result.connection);
    await expect.poll(closed).toMatchObject({ by: 'client', how: 'close-frame', closeCode: 1000 });
  },
);

test('a 101 without Connection passes in websocat and fails in wscat, each with its own words', async () => {
  const lab = await startedLab();
  const withoutConnection = `${HANDSHAKE}\ncontext.set('message.headers.Upgrade', 'websocket');`;
  const text = JSON.parse(definition({ basePath: '/lax', script: withoutConnection }));
  text['x-ibm-configuration'].properties = { 'lab-echo': { value: 'none' } };
  await lab.deploy('lax', JSON.stringify(text));
  const lax = await lab.probe({ client: 'websocat', path: '/lax' });
  expect([lax.opened, lax.lines.join()]).toEqual([true, expect.stringContaining('Connected to ws')]);
  const strict = await lab.probe({ client: 'wscat', path: '/lax' });
  expect(strict).toMatchObject({
    opened: false,
    status: 101,
    lines: ['error: Unexpected server response: 101'],
  });
});

test('websocat refuses a wrong status, a missing Upgrade and a wrong accept value by its own lines', async () => {
  const lab = await startedLab();
  await lab.deploy(
    'bad',
    definition({ basePath: '/bad', script: HANDSHAKE.replace('258EAFA5', '00000000') }),
  );
  const none = JSON.parse(definition({ basePath: '/none', script: HANDSHAKE }));
  none['x-ibm-configuration'].properties = { 'lab-echo': { value: 'none' } };
  await lab.deploy('none', JSON.stringify(none));
  for (const [path, line] of [
    ['/nowhere', 'websocat: WebSocketError: WebSocketError: Received unexpected status code (404 Not Found)'],
    ['/bad', 'websocat: WebSocketError: WebSocket response error: Sec-WebSocket-Accept is invalid'],
    ['/none', 'websocat: WebSocketError: WebSocket response error: Upgrade field must be WebSocket'],
  ]) {
    const { opened, lines } = await lab.probe({ client: 'websocat', path });
    expect([opened, lines]).toEqual([false, expect.arrayContaining([line])]);
  }
});

test('curl prints head and body of a plain request, with the headers that it was given', async () => {
  const lab = await startedLab();
  const value = randomBytes(4).toString('hex');
  const script =
    "context.message.body.write(context.get('request.headers.x-mine') + context.get('request.verb'))";
  await lab.deploy('plain', definition({ basePath: '/plain', script }));
  const got = await lab.probe({ client: 'curl', path: '/plain', headers: { 'X-Mine': value } });
  expect(got).toMatchObject({ opened: false, status: 200 });
  expect(got.lines[0]).toBe('HTTP/1.1 200 OK');
  expect(got.lines.at(-1)).toBe(`${value}GET`);
  const post = await lab.probe({ client: 'curl', method: 'POST', path: '/plain' });
  expect(post.lines.join('\n')).toContain('No resources match requested URI');
});

test('a gateway that does not offer HTTP/2 is told as such', async () => {
  const lab = await startedLab();
  const { lines } = await lab.probe({ client: 'curl-http2', path: '/one' });
  expect(lines.join('\n')).toMatch(/ALPN: server accepted http\/1\.1|no application protocol/i);
});

test('a probe reaches its own sandbox’s address only, and no other host', async () => {
  const lab = await startedLab();
  const outside = createServer();
  let met = 0;
  outside.on('connection', (socket) => {
    met += 1;
    socket.destroy();
  });
  outside.listen(0, '127.0.0.1');
  await once(outside, 'listening');
  const address = outside.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  for (const path of ['/../../demo/sandbox/websocket-upgrade', '/%2e%2e/%2e%2e/x', '/..%2f../x/../../..']) {
    const response = await lab.ask({ client: 'curl', path });
    if (response.status === 400) expect((await problemOf(response)).code).toBe('path-outside');
    else expect(probeResultSchema.parse(await response.json()).lines.join('\n')).toContain('404');
  }
  const { lines } = await lab.probe({
    client: 'curl',
    path: `//127.0.0.1:${port}/`,
    headers: { Host: `127.0.0.1:${port}` },
  });
  expect(lines.join('\n')).toMatch(/HTTP\/1\.1 40\d/);
  expect(met).toBe(0);
  outside.close();
});

test.each([
  [{ client: 'nc', path: '/one' }, 'client'],
  [{ client: 'curl', path: 'one' }, 'path'],
  [{ client: 'curl', path: '/one two' }, 'path'],
  [{ client: 'curl', path: '/one', headers: { 'X-A': 'b\r\nX-C: d' } }, 'headers'],
  [{ client: 'curl', path: '/one', headers: { 'X A': 'b' } }, 'headers'],
  [{ client: 'wscat', path: '/one', protocols: ['a b'] }, 'protocols'],
  [{ client: 'wscat', path: '/one', messages: [{ hex: '0' }] }, 'messages'],
  [{ client: 'wscat', path: '/one', stayMs: 60_000 }, 'stayMs'],
  [{ client: 'wscat', path: '/one', surprise: 1 }, 'surprise'],
])('%j is 400 and names the member', async (body, member) => {
  const lab = await startedLab();
  const response = await lab.ask(body);
  expect(response.status).toBe(400);
  expect((await problemOf(response)).message).toContain(member);
});

test('a client that meets silence ends when its time is over, and leaves no connection', async () => {
  const lab = await startedLab({ PROBE_MS: '2000' });
  const script = HANDSHAKE;
  await lab.deploy('silent', definition({ basePath: '/silent', script }));
  const { lines } = await lab.probe({
    client: 'wscat',
    path: '/silent',
    messages: [{ text: 'a' }],
    stayMs: 5_000,
  });
  expect(lines.length).toBeGreaterThan(0);
  await expect.poll(() => lab.server.lab.gateway.stats().connections).toBe(0);
});

test('without the token it is 401, and beyond the minute’s number 429', async () => {
  const lab = await startedLab({ PROBES_PER_MINUTE_PER_SANDBOX: '2' });
  const { app } = lab.server.lab;
  const body = JSON.stringify({ client: 'curl', path: '/x' });
  const headers = { host: 'localhost', 'content-type': 'application/json' };
  const without = await app.request(`${lab.sandbox.path}/probes`, { method: 'POST', headers, body });
  expect(without.status).toBe(401);
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await lab.ask({ client: 'curl', path: '/x' })).status);
  expect(statuses).toEqual([200, 200, 429]);
});

test('a body above its bound is 413, and the largest that the form allows is not', async () => {
  const lab = await startedLab();
  const largest = {
    client: 'curl',
    path: `/${'a'.repeat(2_047)}`,
    headers: Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`x-${i}`.padEnd(100, 'x'), 'v'.repeat(4_096)]),
    ),
    messages: Array(20).fill({ text: 'm'.repeat(4_096), repeat: 4_096 }),
  };
  expect((await lab.ask(largest)).status).toBe(200);
  const response = await lab.ask({ ...largest, path: `/${'a'.repeat(70_000)}` });
  expect(response.status).toBe(413);
  expect(await problemOf(response)).toMatchObject({
    code: 'body-too-large',
    message: 'The body of a probe may have 262144 bytes at most.',
  });
});
