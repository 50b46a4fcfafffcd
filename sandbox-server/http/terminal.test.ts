import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { openTerminal, patient, startedWithTerminal as started } from './terminal-client.fixture.ts';
import { newSandbox } from './testing.ts';

/** The answer to a refused handshake. */
async function refusal(url: string, protocols: string[], headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, protocols, { headers });
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  const body = z.object({ error: z.object({ code: z.string() }) }).parse(JSON.parse(await text(response)));
  socket.terminate();
  return [response.statusCode, body.error.code];
}

test('it says where it reaches, runs websocat against the reader’s own API, and its connection is in the same log', async () => {
  const lab = await started();
  await lab.deploy('one');
  const terminal = await openTerminal(lab.url, lab.sandbox.token);
  await expect
    .poll(() => terminal.messages[0], patient)
    .toEqual({
      type: 'ready',
      endpoint: lab.own,
      commands: ['websocat', 'curl', 'node', 'help'],
      fileBytes: 65_536,
    });
  const word = randomBytes(6).toString('hex');
  terminal.send({ type: 'run', line: `websocat -v --insecure ${lab.own}/one` });
  await terminal.until('stdout', 'Welcome to the WebSocket server!\n');
  terminal.send({ type: 'input', text: `${word}\n` });
  await terminal.until('stdout', `Processed message: ${word.toUpperCase()}\n`);
  terminal.send({ type: 'signal', signal: 'end-of-input' });
  await terminal.exit(0);
  expect(terminal.printed('stderr')).toContain('Connected to ws');
  const { events } = lab.server.lab.directory.find(lab.sandbox.organization) ?? {};
  const types = () => events?.kept().map(({ type }) => type);
  await expect.poll(types, patient).toContain('connection-closed');
  expect(events?.kept().find(({ type }) => type === 'request-received')).toMatchObject({ listener: 'tls' });
});

test('Ctrl-C ends a connection; the console of the server tells of it, and node shows that console', async () => {
  const lab = await started();
  await lab.deploy('one');
  const console = await openTerminal(lab.url, lab.sandbox.token);
  console.send({ type: 'run', line: 'node websocket_server.js' });
  await console.until('note', 'port 8091');
  const terminal = await openTerminal(lab.url, lab.sandbox.token);
  terminal.send({ type: 'run', line: `websocat -k ${lab.own}/one` });
  await console.until('stdout', 'Client connected\n');
  terminal.send({ type: 'signal', signal: 'interrupt' });
  await terminal.exit(130);
  await console.until('stdout', 'Client disconnected\n');
  await expect.poll(() => lab.server.lab.gateway.stats().connections, patient).toBe(0);
});

test('input that comes together with its line is for its program', async () => {
  const lab = await started();
  await lab.deploy('one');
  const terminal = await openTerminal(lab.url, lab.sandbox.token);
  const words = Array.from({ length: 3 }, () => randomBytes(4).toString('hex'));
  terminal.send({ type: 'run', line: `websocat -k ${lab.own}/one` });
  for (const word of words) terminal.send({ type: 'input', text: `${word}\n` });
  terminal.send({ type: 'signal', signal: 'end-of-input' });
  await terminal.exit(0);
  for (const word of words) expect(terminal.printed('stdout')).toContain(word.toUpperCase());
});

test('a page that does not read is let go, also where it only makes mistakes', async () => {
  const { url, sandbox } = await started({ TERMINAL_OUTPUT_MAX_BYTES: '50000' });
  const terminal = await openTerminal(url, sandbox.token);
  const closed = once(terminal.socket, 'close');
  terminal.socket.pause();
  // The answer names the wrong member. The kernel takes some megabytes before anything waits in the process.
  const wrong = { type: 'run', line: '', ['x'.repeat(12_000)]: 1 };
  for (let sent = 0; sent < 2_000; sent += 1) {
    terminal.send(wrong);
    if (sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  terminal.socket.resume();
  expect((await closed)[0]).toBe(1013);
});

test('curl -i prints what the gateway answers', async () => {
  const lab = await started();
  const value = randomBytes(4).toString('hex');
  await lab.deploy('plain', `context.message.body.write('${value}')`);
  const terminal = await openTerminal(lab.url, lab.sandbox.token);
  terminal.send({ type: 'run', line: `curl -i -k ${lab.own.replace('wss', 'https')}/plain` });
  await terminal.exit(0);
  expect(terminal.printed('stdout')).toMatch(new RegExp(`^HTTP/1.1 200 OK\\n[^]*\\n\\n${value}$`));
});

test('the page’s name for the lab is one of the endpoint’s', async () => {
  const lab = await started();
  const port = lab.server.ports.gateway;
  const socket = new WebSocket(lab.url, [lab.sandbox.token], {
    headers: { host: `lab.localhost:${lab.server.ports.page}` },
  });
  onTestFinished(() => socket.terminate());
  const [ready] = await once(socket, 'message');
  expect(JSON.parse(String(ready)).endpoint).toBe(
    `wss://lab.localhost:${port}/${lab.sandbox.organization}/sandbox`,
  );
});

test('another organization, host and port are refused, and nothing is connected', async () => {
  const lab = await started();
  const terminal = await openTerminal(lab.url, lab.sandbox.token);
  const other = await newSandbox(lab.server.lab);
  const gateway = `127.0.0.1:${lab.server.ports.gateway}`;
  const before = lab.server.lab.gateway.stats();
  for (const url of [
    `wss://${gateway}/${other.organization}/sandbox/x`,
    `wss://${gateway}/demo/sandbox/websocket-upgrade`,
    `${lab.own}/../../demo/sandbox/websocket-upgrade`,
    `wss://127.0.0.1:${lab.server.ports.page}/${lab.sandbox.organization}/sandbox/x`,
    'wss://169.254.169.254/',
  ]) {
    terminal.messages.length = 0;
    terminal.send({ type: 'run', line: `websocat -k '${url}'` });
    await terminal.exit(1);
    expect(terminal.printed('note')).toContain('your own endpoint only');
  }
  expect(lab.server.lab.gateway.stats()).toEqual(before);
});

test('a wrong token, the demo, a foreign page and a plain GET are refused before the upgrade', async () => {
  const { server, sandbox, url } = await started();
  expect(await refusal(url, [randomUUID()])).toEqual([401, 'unauthorized']);
  expect(await refusal(url.replace(sandbox.organization, 'demo'), [sandbox.token])).toEqual([
    401,
    'unauthorized',
  ]);
  expect(await refusal(url.replace(sandbox.organization, 'no-such'), [sandbox.token])).toEqual([
    404,
    'sandbox-unknown',
  ]);
  expect((await refusal(url, [sandbox.token], { origin: 'https://evil.example' }))[0]).toBe(403);
  const plain = await fetch(`http://127.0.0.1:${server.ports.page}${sandbox.path}/terminal`, {
    headers: sandbox.bearer,
  });
  expect([plain.status, (await plain.json()).error.code]).toEqual([400, 'not-a-websocket']);
});

test('what is no message is told as such, and the terminal goes on', async () => {
  const { url, sandbox } = await started();
  const terminal = await openTerminal(url, sandbox.token);
  const wrong = [
    'nonsense',
    { type: 'resize', columns: 80 },
    { type: 'run' },
    { type: 'run', line: 'x'.repeat(2_001) },
    { type: 'run', line: 'help', more: 1 },
    { type: 'run', line: 'help', file: 'ä'.repeat(40_000) },
    { type: 'input', text: 7 },
    { type: 'signal', signal: 'kill' },
  ];
  for (const message of wrong) terminal.send(message);
  terminal.send({ type: 'run', line: 'help > /etc/passwd' });
  await expect
    .poll(terminal.errors, patient)
    .toEqual([...wrong.map(() => 'malformed-message'), 'line-not-run']);
  terminal.send({ type: 'run', line: 'help' });
  await terminal.exit(0);
});

test('a terminal that leaves frees its place; beyond the places of one sandbox, or of all, it is 429', async () => {
  const { server, sandbox, url } = await started({ TERMINALS_MAX_PER_SANDBOX: '2', TERMINALS_MAX: '3' });
  const [first] = [await openTerminal(url, sandbox.token), await openTerminal(url, sandbox.token)];
  expect(await refusal(url, [sandbox.token])).toEqual([429, 'too-many-terminals']);
  const other = await newSandbox(server.lab);
  const elsewhere = url.replace(sandbox.organization, other.organization);
  await openTerminal(elsewhere, other.token);
  expect(await refusal(elsewhere, [other.token])).toEqual([429, 'terminals-busy']);
  first?.socket.close();
  await expect
    .poll(
      () =>
        openTerminal(url, sandbox.token).then(
          () => true,
          () => false,
        ),
      patient,
    )
    .toBe(true);
});

test('a handshake that ws does not take leaves no place taken', async () => {
  const { server, sandbox, url } = await started({ TERMINALS_MAX_PER_SANDBOX: '1' });
  const socket = connect(server.ports.page, '127.0.0.1');
  const head = `GET ${sandbox.path}/terminal HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: short\r\n`;
  socket.write(`${head}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ${sandbox.token}\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  await openTerminal(url, sandbox.token);
});

test('beyond the minute’s number a line is refused with the seconds to wait', async () => {
  const { sandbox, url } = await started({ TERMINAL_RUNS_PER_MINUTE: '2' });
  const terminal = await openTerminal(url, sandbox.token);
  for (let i = 0; i < 3; i += 1) terminal.send({ type: 'run', line: '' });
  await expect.poll(terminal.errors, patient).toEqual(['too-many-requests']);
  expect(terminal.messages.filter(({ type }) => type === 'exit')).toHaveLength(2);
});

test('a terminal whose sandbox is gone, or whose lab stops, is told with 1001, and its connections end', async () => {
  const lab = await started();
  await lab.deploy('one');
  const terminal = await openTerminal(lab.url, lab.sandbox.token);
  terminal.send({ type: 'run', line: `websocat -k ${lab.own}/one` });
  await terminal.until('stdout', 'Welcome');
  const closed = once(terminal.socket, 'close');
  await lab.server.lab.directory.find(lab.sandbox.organization)?.close();
  expect((await closed)[0]).toBe(1001);
  await expect.poll(() => lab.server.lab.gateway.stats().connections, patient).toBe(0);

  const other = await newSandbox(lab.server.lab);
  const second = await openTerminal(
    lab.url.replace(lab.sandbox.organization, other.organization),
    other.token,
  );
  second.send({ type: 'run', line: 'node server.js' });
  await second.until('note', '8091');
  const stopped = once(second.socket, 'close');
  await lab.server.close();
  expect((await stopped)[0]).toBe(1001);
});

test('a page that goes away ends its program', async () => {
  const lab = await started();
  await lab.deploy('one');
  const terminal = await openTerminal(lab.url, lab.sandbox.token);
  terminal.send({ type: 'run', line: `websocat -k ${lab.own}/one` });
  await terminal.until('stdout', 'Welcome');
  terminal.socket.terminate();
  await expect.poll(() => lab.server.lab.gateway.stats().connections, patient).toBe(0);
});
