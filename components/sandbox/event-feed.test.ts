import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { EventFeed, type FeedState } from './event-feed.ts';

let server: WebSocketServer;
let feed: EventFeed;
let token: string;
let offered: (string | undefined)[];
let kept: GatewayEvent[];
let stop: () => void;
let state: FeedState;
let look: () => void;

const line = (id: number): GatewayEvent => ({
  id,
  at: new Date().toISOString(),
  connection: null,
  type: 'server-console',
  port: 8091,
  level: 'log',
  text: randomUUID(),
});

beforeEach(async () => {
  [token, offered, kept, stop, look] = [randomUUID(), [], [], () => {}, () => {}];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket, request) => {
    offered.push(request.headers['sec-websocket-protocol']);
    for (const event of kept) socket.send(JSON.stringify(event));
  });
  await once(server, 'listening');
  const address = server.address();
  const origin = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  feed = new EventFeed({ organization: 'maple-heron', token, expiresAt: '', apis: [] }, origin);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  for (const client of server.clients) client.terminate();
  server.close();
});

function watch(): void {
  stop = feed.watch((next) => {
    state = next;
    look();
  });
}

const until = (holds: () => boolean) =>
  new Promise<void>((resolve) => {
    look = () => {
      if (holds()) resolve();
    };
    look();
  });

test('a watcher gets what is kept and then what happens, and the token goes as subprotocol', async () => {
  kept = [line(1), line(2)];
  watch();
  await until(() => state.events.length === 2);
  const next = line(3);
  for (const client of server.clients) client.send(JSON.stringify(next));
  await until(() => state.events.length === 3);
  expect(state.events).toEqual([...kept, next]);
  expect(offered).toEqual([token]);
});

test('what the page does not know, or what is no JSON, is passed over', async () => {
  watch();
  await until(() => state.live);
  for (const client of server.clients) {
    client.send('nonsense');
    client.send(JSON.stringify({ id: 1, at: '', connection: null, type: 'of-tomorrow' }));
    client.send(JSON.stringify(line(2)));
  }
  await until(() => state.events.length > 0);
  expect(state.events.map(({ id }) => id)).toEqual([2]);
});

test('after the connection was lost it comes back by itself, without doubles', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  kept = [line(1)];
  watch();
  await until(() => state.events.length === 1);
  for (const client of server.clients) client.terminate();
  await until(() => !state.live);
  vi.advanceTimersByTime(1000);
  await until(() => state.live && state.events.length === 1);
  expect(offered).toHaveLength(2);
});

test('200 pages that lose the lab at the same moment do not come back at the same moment', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const start = Date.now();
  const attempts: number[] = [];
  const sockets: EventTarget[] = [];
  class AwaySocket extends EventTarget {
    constructor() {
      super();
      attempts.push(Date.now() - start);
      sockets.push(this);
    }
    close() {}
  }
  vi.stubGlobal('WebSocket', AwaySocket);
  const stops = Array.from({ length: 200 }, () => {
    const record = { organization: 'maple-heron', token, expiresAt: '', apis: [] };
    return new EventFeed(record, 'ws://127.0.0.1').watch(() => {});
  });
  for (const socket of [...sockets]) socket.dispatchEvent(new Event('close'));
  vi.advanceTimersByTime(1_000);
  for (const each of stops) each();
  // All come within their second; 200 in half of it leave no tenth of a second empty.
  const again = attempts.slice(200).map((ms) => Math.floor(ms / 100));
  expect(again).toHaveLength(200);
  expect(new Set(again).size).toBeGreaterThanOrEqual(5);
});

test('woken, it does not wait for its next attempt', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  watch();
  await until(() => state.live);
  for (const client of server.clients) client.terminate();
  await until(() => !state.live);
  feed.wake();
  feed.wake();
  await until(() => state.live);
  vi.advanceTimersByTime(60_000);
  feed.wake();
  kept = [line(1)];
  for (const client of server.clients) client.send(JSON.stringify(kept[0]));
  await until(() => state.events.length === 1);
  expect(offered).toHaveLength(2);
});

test('it keeps the newest 500', async () => {
  kept = Array.from({ length: 700 }, (_, index) => line(index + 1));
  watch();
  await until(() => state.events.at(-1)?.id === 700);
  expect([state.events.length, state.events[0]?.id]).toEqual([500, 201]);
});

test('how connections began outlives the lines that come after it, for who looks late', async () => {
  const began = [1, 2, 3].map((id): GatewayEvent => {
    const { at, connection } = line(id);
    return { id, at, connection, type: 'api-removed', api: randomUUID() };
  });
  kept = [...began, ...Array.from({ length: 700 }, (_, index) => line(index + 4))];
  watch();
  await until(() => state.events.at(-1)?.id === 703);
  expect(state.events.slice(0, 3)).toEqual(began);
  expect([state.events.length, state.events[3]?.id]).toEqual([500, 207]);
});

test('the socket is open as long as somebody watches, and not longer', async () => {
  watch();
  await until(() => state.live);
  const [client] = server.clients;
  stop();
  await new Promise((resolve) => client?.once('close', resolve));
  expect(server.clients.size).toBe(0);
});

test('a listener gets the kept events, then each one, also more than are kept, and hears of the socket', async () => {
  kept = Array.from({ length: 700 }, (_, index) => line(index + 1));
  watch();
  await until(() => state.events.at(-1)?.id === 700);
  const heard: number[] = [];
  const lives: boolean[] = [];
  const stopListening = feed.listen({
    event: ({ id }) => heard.push(id),
    live: (live) => lives.push(live),
  });
  expect([heard[0], heard.length]).toEqual([201, 500]);
  for (const client of server.clients) client.send(JSON.stringify(line(701)));
  await until(() => state.events.at(-1)?.id === 701);
  expect(heard.at(-1)).toBe(701);
  for (const client of server.clients) client.terminate();
  await until(() => !state.live);
  expect(lives).toEqual([true, false]);
  stopListening();
});
