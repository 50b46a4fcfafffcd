import { randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { closePayload, OPCODE, writeFrame } from '../../gateway/tunnel/messages/write-frame.ts';
import { runCommand } from '../terminal.fixture.ts';
import { CONNECTED, handshaken, polite } from './websocat.fixture.ts';
import { websocat } from './websocat.ts';

test('with -v it tells each step, each line is a text message, and Ctrl-D ends both directions', async () => {
  const { url, around, frames } = await handshaken((frame, socket) => {
    if (frame.opcode === OPCODE.text) socket.write(writeFrame(OPCODE.text, frame.payload, false));
    polite(frame, socket);
  });
  const run = runCommand(websocat, `-v --insecure ${url}`, around);
  const word = randomBytes(6).toString('hex');
  run.type(`${word}\nsecond`);
  run.type(' line\n');
  await run.until('stdout', 'second line');
  run.endInput();
  expect(await run.exit).toBe(0);
  expect(run.printed.stdout).toBe(`${word}\nsecond line\n`);
  expect(run.printed.stderr.split('\n')).toEqual([
    '[INFO  websocat::lints] Auto-inserting the line mode',
    '[INFO  websocat::stdio_threaded_peer] get_stdio_peer (threaded)',
    '[INFO  websocat::ws_client_peer] get_ws_client_peer',
    '[INFO  websocat::ws_client_peer] Connected to ws',
    '[INFO  websocat::sessionserve] Forward finished',
    '[INFO  websocat::ws_peer] Received WebSocket close message',
    '[INFO  websocat::sessionserve] Reverse finished',
    '[INFO  websocat::sessionserve] Both directions finished',
    '',
  ]);
  // The line's end goes with it, as in the real program.
  expect(frames.map(({ opcode, masked, payload }) => [opcode, masked, payload.toString('utf8')])).toEqual([
    [OPCODE.text, true, `${word}\n`],
    [OPCODE.text, true, 'second line\n'],
    [OPCODE.close, true, ''],
  ]);
});

test('with -b the pieces go as binary messages, and what comes is not made lines', async () => {
  const { url, around, frames } = await handshaken((frame, socket) => {
    if (frame.opcode === OPCODE.binary) socket.write(writeFrame(OPCODE.binary, Buffer.from('a\nb'), false));
    polite(frame, socket);
  });
  const run = runCommand(websocat, `-v -k -b ${url}`, around);
  run.type('äx\n');
  await run.until('stdout', 'a\nb');
  run.endInput();
  await run.exit;
  expect(run.printed.stdout).toBe('a\nb');
  expect(run.printed.stderr).not.toContain('line mode');
  expect(frames[0]).toMatchObject({ opcode: OPCODE.binary, payload: Buffer.from('äx\n') });
});

test('in line mode a message is one line, whatever is in it', async () => {
  const { url, around } = await handshaken((frame, socket) => {
    if (frame.opcode === OPCODE.text)
      socket.write(writeFrame(OPCODE.text, Buffer.from('a\r\nb\nc\r\n'), false));
    polite(frame, socket);
  });
  const run = runCommand(websocat, `-k -t ${url}`, around);
  run.type('x\n');
  await run.until('stdout', 'c\n');
  run.endInput();
  await run.exit;
  expect(run.printed.stdout).toBe('a  b c\n');
});

test('-1 ends after one message each way; with -n no Close frame goes out', async () => {
  for (const [flags, opcodes] of [
    ['-1', [OPCODE.text, OPCODE.close]],
    ['-n1', [OPCODE.text]],
  ] as const) {
    const { url, around, frames, server } = await handshaken((frame, socket) => {
      if (frame.opcode === OPCODE.text) socket.write(writeFrame(OPCODE.text, Buffer.from('one'), false));
    });
    const run = runCommand(websocat, `-k ${flags} ${url}`, around);
    run.type('a\nb\n');
    expect(await run.exit).toBe(0);
    await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
    expect(run.printed.stdout).toBe('one\n');
    expect(frames.map(({ opcode }) => opcode)).toEqual(opcodes);
  }
});

test('with -n the end of input leaves the connection open for what comes', async () => {
  const { url, around, server, frames } = await handshaken();
  const run = runCommand(websocat, `-v -k -n ${url}`, around);
  run.endInput();
  await run.until('stderr', 'Forward finished');
  server.sockets[0]?.write(writeFrame(OPCODE.text, Buffer.from('late'), false));
  await run.until('stdout', 'late\n');
  server.sockets[0]?.end(writeFrame(OPCODE.close, closePayload(1000, ''), false));
  expect(await run.exit).toBe(0);
  expect(frames).toEqual([]);
});

test('--ping-interval sends pings that carry the time, and tells how long each pong took', async () => {
  const { url, around, frames } = await handshaken((frame, socket) => {
    if (frame.opcode === OPCODE.ping) socket.write(writeFrame(OPCODE.pong, frame.payload, false));
  });
  const run = runCommand(websocat, `-v -k --ping-interval=1 ${url}`, around);
  await run.until('stderr', 'RTT = ');
  run.interrupt();
  await run.exit;
  expect(run.printed.stderr).toMatch(
    /\[INFO {2}websocat::ws_peer\] Sending WebSocket ping\n.*Received a pong from websocket; RTT = [\d.]+m?s\n/,
  );
  expect(frames[0]).toMatchObject({ opcode: OPCODE.ping, length: 12 });
});

test('a ping is answered with its payload, and told', async () => {
  const payload = randomBytes(randomInt(0, 126));
  const { url, around, server, frames } = await handshaken();
  const run = runCommand(websocat, `-v -k ${url}`, around);
  await run.until('stderr', CONNECTED);
  server.sockets[0]?.write(writeFrame(OPCODE.ping, payload, false));
  await expect.poll(() => frames[0]).toMatchObject({ opcode: OPCODE.pong, payload });
  expect(run.printed.stderr).toContain('Received WebSocket ping');
});

test('Ctrl-C cuts the connection, without a Close frame', async () => {
  const { url, around, server, frames } = await handshaken();
  const run = runCommand(websocat, `-v -k ${url}`, around);
  await run.until('stderr', CONNECTED);
  run.interrupt();
  expect(await run.exit).toBe(130);
  await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
  expect(frames).toEqual([]);
});

test('when the other side closes, it waits for its input to end, and the lab says so', async () => {
  const { url, around, server } = await handshaken();
  const run = runCommand(websocat, `-v -k ${url}`, around);
  await run.until('stderr', CONNECTED);
  server.sockets[0]?.write(writeFrame(OPCODE.close, closePayload(1001, 'bye'), false));
  await run.until('stderr', 'Reverse finished');
  expect(run.printed.note).toContain('press Ctrl-D');
  run.endInput();
  expect(await run.exit).toBe(0);
  expect(run.printed.stderr).toMatch(/Forward finished\n.*Both directions finished\n$/);
});

test('a connection that is gone is noticed at the next line', async () => {
  const { url, around, server } = await handshaken();
  const run = runCommand(websocat, `-v -k ${url}`, around);
  await run.until('stderr', CONNECTED);
  server.sockets[0]?.end();
  await run.until('stderr', 'incoming None');
  run.type('hello?\n');
  expect(await run.exit).toBe(1);
  expect(run.printed.stderr).toMatch(/websocat: WebSocketError: I\/O failure\nwebsocat: error running\n$/);
});

test('an empty message counts as the end of what comes', async () => {
  const { url, around, server } = await handshaken();
  const run = runCommand(websocat, `-v -k ${url}`, around);
  await run.until('stderr', CONNECTED);
  server.sockets[0]?.write(writeFrame(OPCODE.text, Buffer.alloc(0), false));
  await run.until('stderr', 'Reverse finished');
});

test('frames that break a rule end it', async () => {
  const { url, around, server } = await handshaken();
  const run = runCommand(websocat, `-k ${url}`, around);
  await expect.poll(() => server.heads.length).toBe(1);
  server.sockets[0]?.write(writeFrame(OPCODE.text, Buffer.from('masked'), true));
  expect(await run.exit).toBe(1);
  expect(run.printed.stderr).toMatch(/^websocat: WebSocketError: .*mask/);
});

test('a message of more bytes than it puts together ends it', async () => {
  const { url, around, server } = await handshaken();
  const run = runCommand(websocat, `-k ${url}`, around);
  await expect.poll(() => server.heads.length).toBe(1);
  const payload = Buffer.alloc(around.maxMessageBytes + 1, 'x');
  server.sockets[0]?.write(writeFrame(OPCODE.text, payload, false));
  expect(await run.exit).toBe(1);
  expect(run.printed.stderr).toContain(`more than ${around.maxMessageBytes} bytes`);
});

test('while the page is behind, nothing more is read; when it has caught up, all comes', async () => {
  const { url, around, server } = await handshaken();
  const caughtUp = Promise.withResolvers<void>();
  const paused = Promise.withResolvers<void>();
  let behind = true;
  const run = runCommand(websocat, `-k ${url}`, around, {
    behind: () => behind,
    caughtUp() {
      paused.resolve();
      return caughtUp.promise;
    },
  });
  await expect.poll(() => server.heads.length).toBe(1);
  const [socket] = server.sockets;
  // More than all buffers between the two hold.
  const payload = Buffer.alloc(60_000, 'x');
  for (let i = 0; i < 300; i += 1) socket?.write(writeFrame(OPCODE.text, payload, false));
  await paused.promise;
  const seen = run.printed.stdout.length;
  for (let i = 0; i < 200; i += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(run.printed.stdout.length).toBe(seen);
  expect(socket?.writableLength).toBeGreaterThan(0);
  behind = false;
  caughtUp.resolve();
  await expect.poll(() => run.printed.stdout.length).toBe(300 * 60_001);
});
