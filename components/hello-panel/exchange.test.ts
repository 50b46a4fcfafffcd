import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { Exchange, NoReply } from './exchange.ts';

let server: WebSocketServer;
let exchange: Exchange;
let connections: number;
let answer: (text: string) => string | null;
beforeEach(async () => {
  connections = 0;
  answer = (text) => `Processed message: ${text.toUpperCase()}`;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    connections += 1;
    socket.send('Welcome to the WebSocket server!');
    socket.on('message', (data) => {
      const reply = answer(String(data));
      if (reply === null) socket.terminate();
      else socket.send(reply);
    });
  });
  await once(server, 'listening');
  const address = server.address();
  exchange = new Exchange(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
afterEach(() => {
  exchange.close();
  for (const client of server.clients) client.terminate();
  server.close();
});

describe('the exchange', () => {
  test('gives the reply, not the welcome, and uses one connection for several words', async () => {
    for (const word of [randomUUID(), randomUUID(), randomUUID()]) {
      expect(await exchange.ask(word)).toBe(`Processed message: ${word.toUpperCase()}`);
    }
    expect(connections).toBe(1);
  });

  test('a lost connection is told, and the next word connects anew', async () => {
    answer = () => null;
    await expect(exchange.ask('x')).rejects.toThrow(NoReply);
    answer = (text) => `Processed message: ${text}`;
    expect(await exchange.ask('y')).toBe('Processed message: y');
    expect(connections).toBe(2);
  });

  test('of two words at once the newer gets its reply', async () => {
    const older = exchange.ask('older').catch((error) => error);
    const newer = randomUUID();
    const reply = exchange.ask(newer);
    expect(await older).toBeInstanceOf(NoReply);
    expect(await reply).toBe(`Processed message: ${newer.toUpperCase()}`);
  });

  test('where nobody listens it is told', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(exchange.ask('x')).rejects.toThrow('could not be made');
  });
});
