import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { Conversation } from './conversation.ts';

let http: ReturnType<typeof createServer>;
let server: WebSocketServer;
let url: string;
beforeEach(async () => {
  http = createServer((_, response) => response.writeHead(404).end());
  server = new WebSocketServer({
    server: http,
    path: '/echo',
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  });
  server.on('connection', (socket) => {
    socket.on('message', (data, binary) =>
      socket.send(binary ? data : String(data).toUpperCase(), { binary }),
    );
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  http.close();
});

/** A conversation, and a wait for what it becomes. */
function converse(path: string, protocols: string[] = []) {
  const waiting = new Set<() => void>();
  const conversation = new Conversation(`${url}${path}`, protocols, () => {
    for (const look of waiting) look();
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { conversation, until };
}

describe('a conversation', () => {
  test('lists handshake, frames and close in their order, with lengths in bytes', async () => {
    const { conversation, until } = converse('/echo');
    await until(() => conversation.state === 'open');
    const text = `ä ${randomUUID()}`;
    expect(conversation.send(text)).toBe(true);
    await until(() => conversation.rows.length === 3);
    conversation.close(3001, 'bye');
    await until(() => conversation.state === 'closed');
    expect(
      conversation.rows.map(({ direction, opcode, length, payload }) => [direction, opcode, length, payload]),
    ).toEqual([
      ['handshake', null, 23, '101 Switching Protocols'],
      ['sent', 1, Buffer.byteLength(text), text],
      ['received', 1, Buffer.byteLength(text.toUpperCase()), text.toUpperCase()],
      ['sent', 8, 5, '3001 bye'],
      ['received', 8, 5, '3001 bye'],
    ]);
    expect(conversation.end).toEqual({ code: 3001, reason: 'bye', opened: true });
  });

  test('names the subprotocol that the server chose', async () => {
    const { conversation, until } = converse('/echo', ['a', 'b']);
    await until(() => conversation.state === 'open');
    expect([conversation.protocol, conversation.rows[0]?.payload]).toEqual([
      'b',
      '101 Switching Protocols, subprotocol b',
    ]);
    conversation.close();
  });

  test('a refused handshake ends unopened, with 1006 and no row', async () => {
    const { conversation, until } = converse('/elsewhere');
    await until(() => conversation.state === 'closed');
    expect([conversation.end, conversation.rows]).toEqual([{ code: 1006, reason: '', opened: false }, []]);
    expect(conversation.send('x')).toBe(false);
  });

  test('binary messages are shown as hex', async () => {
    const bytes = randomBytes(70);
    server.on('connection', (socket: ServerSocket) => socket.send(bytes));
    const { conversation, until } = converse('/echo');
    await until(() => conversation.rows.length === 2);
    const shown = bytes.subarray(0, 64).toString('hex').replace(/../g, '$& ');
    expect(conversation.rows[1]).toMatchObject({ opcode: 2, length: 70, payload: `${shown}…` });
    conversation.close();
  });

  test('keeps the newest 1,000 rows and counts the others', async () => {
    const many = 1200;
    server.on('connection', (socket: ServerSocket) => {
      for (let index = 0; index < many; index++) socket.send(String(index));
    });
    const { conversation, until } = converse('/echo');
    await until(() => conversation.rows.at(-1)?.payload === String(many - 1));
    expect([conversation.rows.length, conversation.dropped]).toEqual([1000, many + 1 - 1000]);
    conversation.close();
  });

  test('a connection that is cut ends with 1006, opened, without a close frame', async () => {
    const { conversation, until } = converse('/echo');
    await until(() => conversation.state === 'open');
    for (const client of server.clients) client.terminate();
    await until(() => conversation.state === 'closed');
    expect(conversation.end).toMatchObject({ code: 1006, opened: true });
    expect(conversation.rows).toHaveLength(1);
  });
});
