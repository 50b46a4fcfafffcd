import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { TerminalLink } from './terminal-link.ts';
import type { TerminalMessage } from './terminal-message.ts';

let server: WebSocketServer;
let link: TerminalLink | undefined;
let token: string;
let offered: (string | undefined)[];
let sockets: WebSocket[];
let received: string[];
let messages: TerminalMessage[];
let aways: unknown[];
let fault: Error | null;
const refusal = new Error('no room');

beforeEach(async () => {
  [token, offered, sockets, received, messages, aways, fault] = [randomUUID(), [], [], [], [], [], null];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket, request) => {
    offered.push(request.headers['sec-websocket-protocol']);
    sockets.push(socket);
    socket.on('message', (data) => received.push(String(data)));
    socket.send(JSON.stringify({ type: 'ready', endpoint: 'wss://x', commands: [], fileBytes: 1 }));
  });
  await once(server, 'listening');
});
afterEach(() => {
  link?.close();
  link = undefined;
  vi.useRealTimers();
  for (const client of server.clients) client.terminate();
  server.close();
});

function open(): void {
  const address = server.address();
  const url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  link = new TerminalLink({
    async address() {
      if (fault) throw fault;
      return { url, token };
    },
    async refused() {
      throw refusal;
    },
    message: (message) => messages.push(message),
    away: (reason) => aways.push(reason),
  });
}

test('messages come parsed, the token goes as subprotocol, and what the page does not know is passed over', async () => {
  open();
  await expect.poll(() => messages.length).toBe(1);
  for (const text of ['nonsense', '{"type":"of-tomorrow"}', '{"type":"exit","code":7}'])
    sockets[0]?.send(text);
  await expect
    .poll(() => messages)
    .toEqual([
      { type: 'ready', endpoint: 'wss://x', commands: [], fileBytes: 1 },
      { type: 'exit', code: 7 },
    ]);
  expect(offered).toEqual([token]);
});

test('a long input goes in pieces of whole characters, which together are the text', async () => {
  open();
  await expect.poll(() => messages.length).toBe(1);
  const text = `${'a😀ä'.repeat(700)}\n`;
  link?.send({ type: 'input', text });
  link?.send({ type: 'signal', signal: 'end-of-input' });
  await expect.poll(() => received.at(-1)).toContain('end-of-input');
  const pieces = received.slice(0, -1).map((json): { text: string } => JSON.parse(json));
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  for (const piece of pieces) expect(piece.text.length).toBeLessThanOrEqual(600);
  for (const piece of received) expect(Buffer.byteLength(piece)).toBeLessThan(4_096);
});

test('after the connection was lost it comes back by itself, at longer and longer pauses', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  open();
  await expect.poll(() => messages.length).toBe(1);
  fault = new Error('away');
  sockets[0]?.terminate();
  await vi.waitFor(() => expect(aways).toEqual([null]), 20_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(aways).toEqual([null, fault]);
  // That was after half a second at least; the next comes a whole one to two after it.
  await vi.advanceTimersByTimeAsync(499);
  expect(aways).toHaveLength(2);
  fault = null;
  await vi.advanceTimersByTimeAsync(1_501);
  await vi.waitFor(() => expect(messages).toHaveLength(2), 20_000);
});

test('200 terminals that lose the lab at the same moment do not come back at the same moment', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const start = Date.now();
  const attempts: number[] = [];
  const address = async () => {
    attempts.push(Date.now() - start);
    throw new Error('away');
  };
  const unheard = { address, message() {}, away() {}, refused: async () => {} };
  const links = Array.from({ length: 200 }, () => new TerminalLink(unheard));
  await vi.advanceTimersByTimeAsync(1_000);
  for (const each of links) each.close();
  // All come within their second; 200 in half of it leave no tenth of a second empty.
  const again = attempts.slice(200).map((ms) => Math.floor(ms / 100));
  expect(again).toHaveLength(200);
  expect(new Set(again).size).toBeGreaterThanOrEqual(5);
});

test('a refused handshake is told with the reason that the server gives when asked', async () => {
  server.options.verifyClient = () => false;
  open();
  await expect.poll(() => aways).toEqual([refusal]);
});

test('woken, it does not wait for its next attempt; closed, it makes none', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  fault = new Error('away');
  open();
  await vi.waitFor(() => expect(aways).toEqual([fault]), 20_000);
  fault = null;
  link?.wake();
  link?.wake();
  await vi.waitFor(() => expect(messages).toHaveLength(1), 20_000);
  link?.close();
  await once(sockets[0] ?? server, 'close');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([sockets.length, aways.length]).toEqual([1, 1]);
});
