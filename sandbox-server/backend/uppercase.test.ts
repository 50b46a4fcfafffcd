import { once } from 'node:events';
import { get } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createHeldBytes } from '../gateway/held-bytes.ts';
import { createUppercaseServer, type UppercaseOptions, type UppercaseServer } from './uppercase.ts';
import { createWire } from './wire.ts';

let server: UppercaseServer | undefined;
let lines: string[] = [];
afterEach(async () => {
  await server?.close();
  expect(server?.connections()).toBe(0);
  lines = [];
});

function start(options: Partial<UppercaseOptions> = {}): UppercaseServer {
  server = createUppercaseServer({ onConsole: (level, text) => lines.push(`${level} ${text}`), ...options });
  return server;
}

function connect(to: UppercaseServer): WebSocket {
  return new WebSocket('ws://backend/', {
    createConnection: () => {
      const [client, far] = createWire();
      to.accept(far);
      return client;
    },
  });
}

async function reply(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, 'message');
  return String(data);
}

describe('the uppercase server', () => {
  it('greets, answers any text in upper case, and tells what it does', async () => {
    const socket = connect(start());
    expect(await reply(socket)).toBe('Welcome to the WebSocket server!');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        socket.send(text);
        expect(await reply(socket)).toBe(`Processed message: ${text.toUpperCase()}`);
        expect(lines.at(-1)).toBe(`log Received message: ${text}`);
      }),
      { numRuns: 30 },
    );
    socket.close(1000);
    await once(socket, 'close');
    expect([lines[0], lines.at(-1)]).toEqual(['log Client connected', 'log Client disconnected']);
  });

  it('listens on a real port too, and answers a plain GET 426', async () => {
    const { port } = await start().listen(0, '127.0.0.1');
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    expect(await reply(socket)).toBe('Welcome to the WebSocket server!');
    const [response] = await once(get({ port, host: '127.0.0.1' }), 'response');
    expect(response.statusCode).toBe(426);
    response.resume();
    socket.terminate();
  });

  it('rejects where the port is taken', async () => {
    const other = createUppercaseServer({ onConsole() {} });
    const { port } = await other.listen(0, '127.0.0.1');
    await expect(start().listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await other.close();
  });

  it('ends a connection whose message is too long with 1009, and tells the console', async () => {
    const socket = connect(start({ maxMessageBytes: 100 }));
    await reply(socket);
    socket.send('a'.repeat(101));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
    expect(lines).toContainEqual(expect.stringMatching(/^error Connection error: Max payload size exceeded/));
  });

  it('shows a long message cut', async () => {
    const socket = connect(start());
    await reply(socket);
    socket.send('a'.repeat(5_000));
    await reply(socket);
    expect(lines.at(-1)).toHaveLength('log Received message: '.length + 1_025);
  });

  it('answers a flood of messages, and tells only so many of them', async () => {
    const socket = connect(start({ maxLinesPerSecond: 10 }));
    await reply(socket);
    let answered = 0;
    const all = new Promise<void>((resolve) => {
      socket.on('message', () => {
        answered += 1;
        if (answered === 500) resolve();
      });
    });
    for (let i = 0; i < 500; i += 1) socket.send('x');
    await all;
    // A slow machine may take more than one second, but no more than a few.
    expect(lines.length).toBeLessThan(100);
  });

  it('answers 503 beyond its connections', async () => {
    const limited = start({ maxConnections: 1 });
    await reply(connect(limited));
    const [error] = await once(connect(limited), 'error');
    expect(String(error)).toContain('Unexpected server response: 503');
  });

  it('cuts those that wait longest when too much waits in all, unread answers or unfinished messages', async () => {
    const held = createHeldBytes(2_000_000);
    const to = start({ held });
    const idle = connect(to);
    await reply(idle);
    const sockets = [];
    for (let i = 0; i < 6; i += 1) {
      const socket = connect(to);
      await reply(socket);
      sockets.push(socket);
      if (i % 2 === 0) {
        socket.pause();
        socket.send('a'.repeat(900_000));
      } else socket.send('a'.repeat(900_000), { fin: false });
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(held.total()).toBeLessThanOrEqual(2_000_000);
    }
    // Four of them are too many; the one that holds nothing is not touched.
    expect(to.connections()).toBe(3);
    idle.send('still here');
    expect(await reply(idle)).toBe('Processed message: STILL HERE');
    for (const socket of [idle, ...sockets]) socket.terminate();
    while (to.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(held.total()).toBe(0);
  });

  it('stops reading from a client that does not take its answers', async () => {
    const socket = connect(start());
    await reply(socket);
    socket.pause();
    const text = 'a'.repeat(500_000);
    for (let i = 0; i < 40; i += 1) socket.send(text);
    // What the server has not read waits with the client; what it has answered is bounded.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(lines.length).toBeLessThan(20);
    let answered = 0;
    const all = new Promise<void>((resolve) => {
      socket.on('message', () => {
        answered += 1;
        if (answered === 40) resolve();
      });
    });
    socket.resume();
    await all;
  });

  it('tells its clients 1001 when it closes', async () => {
    const closing = start();
    const socket = connect(closing);
    await reply(socket);
    const closed = once(socket, 'close');
    await closing.close();
    expect((await closed)[0]).toBe(1001);
  });
});
