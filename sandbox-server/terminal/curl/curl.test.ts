import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { keyOf, runCommand, startRawServer, surroundingsAt } from '../terminal.fixture.ts';
import { curl } from './curl.ts';

const run = async (line: string, port: number) => {
  const running = runCommand(curl, line, surroundingsAt(port));
  return { exit: await running.exit, ...running.printed };
};
const urlOf = (port: number, path = '/x') => `https://localhost:${port}/maple-heron/sandbox${path}`;

/** A server that gives each request the same answer and ends. */
const answering = (answer: string) => startRawServer((_, socket) => socket.end(answer, 'latin1'));

const PLAIN = (body: string) =>
  `HTTP/1.1 200 Fine\r\nX-Odd-CASE: 1\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

test('with -i it prints the head as it came, then the body; without, the body', async () => {
  const body = `{"a":"${randomBytes(4).toString('hex')}"}`;
  const { port } = await answering(PLAIN(body));
  expect(await run(`-i -k ${urlOf(port)}`, port)).toEqual({
    exit: 0,
    stdout: `HTTP/1.1 200 Fine\nX-Odd-CASE: 1\nSet-Cookie: a\nSet-Cookie: b\nContent-Length: ${body.length}\n\n${body}`,
    stderr: '',
    note: '',
  });
  expect((await run(`-k ${urlOf(port)}`, port)).stdout).toBe(body);
});

test('a body in chunks is printed without their frames', async () => {
  const { port } = await answering(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
  );
  expect((await run(`-k ${urlOf(port)}`, port)).stdout).toBe('abcde');
});

test.each([
  ['', 'GET', [], ''],
  ["-X DELETE -H 'X-A: b' -H 'x-a:c'", 'DELETE', ['X-A: b', 'x-a: c'], ''],
  [
    "-d a=1 -d 'b=ä'",
    'POST',
    ['Content-Length: 8', 'Content-Type: application/x-www-form-urlencoded'],
    'a=1&b=ä',
  ],
  [
    "-X PUT -d x -H 'Content-Type: text/plain'",
    'PUT',
    ['Content-Type: text/plain', 'Content-Length: 1'],
    'x',
  ],
])('%j asks as curl does', async (options, method, headers, body) => {
  let received = '';
  const server = await startRawServer((head, socket) => {
    received = head.split('\r\n\r\n')[1] ?? '';
    const finish = () => received.length >= Buffer.byteLength(body) && socket.end(PLAIN(''));
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      finish();
    });
    finish();
  });
  await run(`-k --http1.1 ${options} ${urlOf(server.port, '/x?y=1')}`, server.port);
  expect(server.heads[0]?.split('\r\n\r\n')[0]?.split('\r\n')).toEqual([
    `${method} /maple-heron/sandbox/x?y=1 HTTP/1.1`,
    `Host: localhost:${server.port}`,
    'User-Agent: curl/7.88.1',
    'Accept: */*',
    ...headers,
  ]);
  expect(Buffer.from(received, 'latin1').toString('utf8')).toBe(body);
});

test('a header without a value is left out, with a semicolon it is sent empty, and Host is the reader’s', async () => {
  const server = await answering(PLAIN(''));
  await run(
    `-k -H 'User-Agent:' -H accept: -H 'X-Empty;' -H 'Host: other' ${urlOf(server.port)}`,
    server.port,
  );
  expect(server.heads[0]?.split('\r\n').slice(1)).toEqual(['Host: other', 'X-Empty: ', '', '']);
});

test('with -v it tells the connection, what it sends and what comes', async () => {
  const { port } = await answering(PLAIN('x'));
  const { stderr, stdout } = await run(`-v -k --http1.1 ${urlOf(port)}`, port);
  for (const line of [
    `*   Trying 127.0.0.1:${port}...`,
    `* Connected to localhost (127.0.0.1) port ${port} (#0)`,
    '* ALPN: offers http/1.1',
    '*  subject: CN=localhost',
    '*  SSL certificate verify result: self-signed certificate (18), continuing anyway.',
    '> GET /maple-heron/sandbox/x HTTP/1.1',
    '> Accept: */*',
    '> ',
    '< HTTP/1.1 200 Fine',
    '< X-Odd-CASE: 1',
    '< ',
  ])
    expect(stderr.split('\n')).toContain(line);
  expect(stdout).toBe('x');
});

test('a 101 is printed, and then it waits until Ctrl-C, since it speaks no WebSocket', async () => {
  const server = await startRawServer((head, socket) =>
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Key: ${keyOf(head)}\r\n\r\n\x81\x02hi`,
      'latin1',
    ),
  );
  const key = randomBytes(16).toString('base64');
  const running = runCommand(
    curl,
    `-i -k --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: ${key}' ${urlOf(server.port)}`,
    surroundingsAt(server.port),
  );
  await running.until('note', 'Ctrl-C');
  expect(running.printed.stdout).toBe(
    `HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nX-Key: ${key}\n\n`,
  );
  running.interrupt();
  await expect(running.exit).rejects.toThrow('interrupted');
  await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
});

test('without -k it ends with 60 before a byte of HTTP, and with -s it says nothing', async () => {
  const server = await answering(PLAIN(''));
  const { exit, stderr } = await run(urlOf(server.port), server.port);
  expect([exit, stderr.split('\n')[0]]).toEqual([
    60,
    'curl: (60) SSL certificate problem: self-signed certificate',
  ]);
  expect(await run(`-s ${urlOf(server.port)}`, server.port)).toMatchObject({ exit: 60, stderr: '' });
  expect(server.heads).toEqual([]);
});

test('an empty answer is 52', async () => {
  const { port } = await answering('');
  expect(await run(`-k ${urlOf(port)}`, port)).toMatchObject({
    exit: 52,
    stderr: 'curl: (52) Empty reply from server\n',
  });
});

test('a redirect is shown and not followed, to whatever place', async () => {
  const elsewhere = await answering(PLAIN('secret'));
  const { port, heads } = await answering(
    `HTTP/1.1 302 Found\r\nLocation: ${urlOf(elsewhere.port)}\r\nContent-Length: 0\r\n\r\n`,
  );
  const { stdout } = await run(`-i -k ${urlOf(port)}`, port);
  expect(stdout).toContain(`Location: ${urlOf(elsewhere.port)}`);
  expect([heads.length, elsewhere.sockets.length]).toEqual([1, 0]);
  expect((await run(`-L -k ${urlOf(port)}`, port)).stderr).toContain('option -L: is unknown');
});

test.each([
  ['', ''],
  ['-i', 'curl: no URL specified!\n'],
  ['--foo', 'curl: option --foo: is unknown\n'],
  ['-iQ x', 'curl: option -iQ: is unknown\n'],
  ['--include=1 x', 'curl: option --include=1: is unknown\n'],
  ['x -kH', 'curl: option -kH: requires parameter\n'],
])('%j is refused with 2 in its own words', async (line, words) => {
  expect(await run(line, 1)).toMatchObject({
    exit: 2,
    stderr: `${words}curl: try 'curl --help' or 'curl --manual' for more information\n`,
    note: expect.stringContaining('This lab’s curl has -i, -k'),
  });
});

test.each([
  '-d @/etc/passwd',
  '-H @file',
  "-H 'A B: c'",
  "-H 'A: b\r\nX: y'",
  '-H nocolon',
  "-X 'A B'",
  'https://a https://b',
])('%j is not done here, and the reason told', async (options) => {
  const server = await answering(PLAIN(''));
  const { exit, note } = await run(`-k ${options} ${urlOf(server.port)}`, server.port);
  expect(exit).toBe(2);
  expect(note).toMatch(/\w/);
  expect(server.sockets).toEqual([]);
});

test('other places are refused, and nothing is connected', async () => {
  const server = await answering(PLAIN(''));
  for (const url of [
    `http://localhost:${server.port}/maple-heron/sandbox/x`,
    `https://localhost:${server.port}/demo/sandbox/x`,
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    `https://localhost:${server.port}/maple-heron/sandbox/../../demo/sandbox/x`,
  ])
    expect(await run(`-k ${url}`, server.port)).toMatchObject({
      exit: 1,
      note: expect.stringContaining(`Write https://localhost:${server.port}/maple-heron/sandbox/…`),
    });
  expect(server.sockets).toEqual([]);
});

test('real curl, where it is installed, sends the same head and prints the same answer', async (context) => {
  const real = promisify(execFile);
  const there = await real('curl', ['--version']).then(
    ({ stdout }) => stdout.startsWith('curl 7.88.1'),
    () => false,
  );
  if (!there) context.skip('no curl 7.88.1');
  const server = await answering(PLAIN('body\n'));
  for (const words of [
    ['-i', '-k', '-H', 'X-A: b', '-H', 'X-B;', '-d', '1=2', '-X', 'PUT', urlOf(server.port)],
    ['-k', '-i', '--http1.1', `https://u:p@localhost:${server.port}/maple-heron/sandbox/a/../b?c`],
    ['-ik', '-HAccept:', urlOf(server.port)],
  ]) {
    const { stdout } = await real('curl', ['-s', ...words]);
    const line = words.map((word) => `'${word}'`).join(' ');
    expect((await run(line, server.port)).stdout).toBe(stdout.replaceAll('\r\n', '\n'));
    // Node writes a space behind the colon also where no value follows.
    const heads = server.heads.splice(0).map((head) => head.split('\r\n\r\n')[0]?.replace(/: $/gm, ':'));
    expect(heads[1]).toBe(heads[0]);
  }
});
