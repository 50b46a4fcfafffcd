import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptValue } from '../../gateway/handshake/accept.ts';
import { keyOf, runCommand, startRawServer, surroundingsAt } from '../terminal.fixture.ts';
import { CONNECTED, handshaken, polite } from './websocat.fixture.ts';
import { websocat } from './websocat.ts';

test('its head has its own five headers last, the reader’s first, and the offered subprotocol', async () => {
  const { server, url, around } = await handshaken(polite);
  const value = randomBytes(4).toString('hex');
  const run = runCommand(
    websocat,
    `-v -k -H='X-One: ${value}' -H=X-Two:b -H='Host: evil.example' -H='Sec-WebSocket-Key: mine' --protocol chat ${url}?a=1`,
    around,
  );
  await run.until('stderr', CONNECTED);
  run.endInput();
  await run.exit;
  const [head = ''] = server.heads;
  expect(keyOf(head)).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(head.replace(keyOf(head), 'KEY').split('\r\n')).toEqual([
    'GET /maple-heron/sandbox/x?a=1 HTTP/1.1',
    `X-One: ${value}`,
    'X-Two: b',
    'Sec-WebSocket-Protocol: chat',
    `Host: localhost:${server.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: KEY',
    '',
    '',
  ]);
});

test('a 101 without Connection passes, and Upgrade in any case', async () => {
  for (const lines of [{ Connection: '' }, { Connection: 'close' }, { Upgrade: 'WebSocket' }]) {
    const { url, around } = await handshaken(polite, lines);
    const run = runCommand(websocat, `-k ${url}`, around);
    run.endInput();
    expect([await run.exit, run.printed.stderr]).toEqual([0, '']);
  }
});

test.each([
  ['a wrong accept value', { 'Sec-WebSocket-Accept': acceptValue('x') }, 'Sec-WebSocket-Accept is invalid'],
  ['no accept value', { 'Sec-WebSocket-Accept': '' }, 'Sec-WebSocket-Accept is invalid'],
  ['no Upgrade', { Upgrade: '' }, 'Upgrade field must be WebSocket'],
  ['two protocols in Upgrade', { Upgrade: 'websocket, h2c' }, 'Upgrade field must be WebSocket'],
  ['both', { Upgrade: '', 'Sec-WebSocket-Accept': '' }, 'Sec-WebSocket-Accept is invalid'],
])('a 101 with %s ends with its own line', async (_, lines, fault) => {
  const { url, around, server } = await handshaken(undefined, lines);
  const run = runCommand(websocat, `-v -k ${url}`, around);
  expect(await run.exit).toBe(1);
  expect(run.printed.stderr).toContain(
    `websocat: WebSocketError: WebSocket response error: ${fault}\nwebsocat: error running\n`,
  );
  expect(run.printed.stderr).not.toContain('Connected');
  await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
});

test('another status is told with the standard’s reason, a redirect with its target, which is not followed', async () => {
  const status = fc.sample(fc.constantFrom(200, 400, 401, 403, 426, 429, 500, 503), 1)[0] ?? 400;
  const told = async (head: string) => {
    const server = await startRawServer((_, socket) => socket.end(head));
    const run = runCommand(
      websocat,
      `-k wss://127.0.0.1:${server.port}/maple-heron/sandbox/x`,
      surroundingsAt(server.port),
    );
    expect(await run.exit).toBe(1);
    expect(server.heads).toHaveLength(1);
    return run.printed.stderr;
  };
  expect(await told(`HTTP/1.1 ${status} Nonsense\r\n\r\n`)).toBe(
    `websocat: WebSocketError: WebSocketError: Received unexpected status code (${status} ${STATUS_CODES[status]})\nwebsocat: error running\n`,
  );
  expect(await told('HTTP/1.1 302 Found\r\nLocation: wss://evil.example/\r\n\r\n')).toContain(
    'Redirected (302 Found) to wss://evil.example/',
  );
  expect(await told('')).toContain('Connection closed before handshake could complete.');
  expect(await told('nonsense\r\n\r\n')).toContain('Connection closed before handshake could complete.');
});

test('a 404 is followed by what the lab knows of the reader’s APIs', async () => {
  const server = await startRawServer((_, socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
  const around = surroundingsAt(server.port, { basePaths: () => ['/mine'] });
  const noteAt = async (path: string) => {
    const run = runCommand(websocat, `-k wss://localhost:${server.port}/maple-heron/sandbox${path}`, around);
    await run.exit;
    return run.printed.note;
  };
  for (const path of ['/x', '/mines', '/x/mine'])
    expect(await noteAt(path)).toContain('answers at this path. Deployed there: /mine.');
  for (const path of ['/mine', '/mine?a=b', '/mine/sub'])
    expect(await noteAt(path)).toContain('/mine is deployed: the 404 means that it has no operation');
});

test('without -k the self-signed certificate is refused in its own words, before a byte of HTTP', async () => {
  const { server, url, around } = await handshaken();
  const run = runCommand(websocat, `-v ${url}`, around);
  expect(await run.exit).toBe(1);
  expect(run.printed.stderr).toMatch(
    /\nwebsocat: WebSocketError: WebSocket SSL error: error:0A000086:.*certificate verify failed.*\(self-signed certificate\)\nwebsocat: error running\n$/,
  );
  expect(server.heads).toEqual([]);
});

test('Ctrl-C ends it also while it waits for the answer', async () => {
  const server = await startRawServer(() => {});
  const run = runCommand(
    websocat,
    `-k wss://localhost:${server.port}/maple-heron/sandbox/x`,
    surroundingsAt(server.port),
  );
  await expect.poll(() => server.heads.length).toBe(1);
  run.interrupt();
  await expect(run.exit).rejects.toThrow('interrupted');
  await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
});

test.each([
  ['', 'websocat: No URL specified.'],
  ['--foo', "error: Found argument '--foo' which wasn't expected"],
  ['-k -k URL', "error: The argument '--insecure' was provided more than once"],
  ['-b -t URL', 'websocat: --binary and --text are mutually exclusive'],
  ['URL --ping-interval', "error: The argument '--ping-interval <ws_ping_interval>' requires a value"],
  ['--ping-interval x URL', 'invalid digit found in string'],
  ['-H=nocolon URL', 'Argument to --header must contain `:` character'],
  ['https://localhost/', 'Specify ws:// or wss:// URI to connect to a websocket'],
  ["-H 'A: b' URL", 'websocat: No URL specified.'],
])('%j is refused in its own words, and nothing is connected', async (line, words) => {
  const { server, url, around } = await handshaken();
  const run = runCommand(websocat, line.replace('URL', url), around);
  expect(await run.exit).toBe(1);
  expect(run.printed.stderr).toContain(words);
  expect(server.sockets).toEqual([]);
});

test('an option that it has not is answered with those that it has, and -H that takes the URL with what to write', async () => {
  const around = surroundingsAt(1);
  const unknown = runCommand(websocat, '--origin x', around);
  await unknown.exit;
  // In a line: the whole list would push the error off the screen.
  expect(unknown.printed.note).toBe(
    'This lab’s websocat has -v, -k, -H, --protocol, -b, -t, --ping-interval, -1 and -n; websocat --help tells what they do.\n',
  );
  const greedy = runCommand(websocat, "-H 'A: b' wss://localhost:1/maple-heron/sandbox/x", around);
  await greedy.exit;
  expect(greedy.printed.note).toContain("-H='Name: value'");
});

test('a header that would break the head out is sent nowhere', async () => {
  const { server, url, around } = await handshaken();
  const run = runCommand(websocat, `-k ${url} -H='A: b\r\nX: y'`, around);
  expect(await run.exit).toBe(1);
  expect(server.sockets).toEqual([]);
});

test('another host, port or organization is refused with what to write, and nothing is connected', async () => {
  const { server, around } = await handshaken();
  for (const url of [
    `wss://127.0.0.2:${server.port}/maple-heron/sandbox/x`,
    `wss://localhost:${server.port}/demo/sandbox/x`,
    'wss://localhost:22/maple-heron/sandbox/x',
  ]) {
    const run = runCommand(websocat, `-k ${url}`, around);
    expect(await run.exit).toBe(1);
    expect(run.printed.note).toContain(`Write wss://localhost:${server.port}/maple-heron/sandbox/…`);
  }
  expect(server.sockets).toEqual([]);
});
