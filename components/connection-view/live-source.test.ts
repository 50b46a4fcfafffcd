import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { type SandboxRecord, writeSandbox } from '../sandbox/sandbox-record.ts';
import { LiveSource } from './live-source.ts';

let server: WebSocketServer;
let port: number;
let source: LiveSource;
/** What the source told, in turn. */
let told: string[];
/** Tokens whose logs were opened. */
let opened: (string | undefined)[];
/** What a GET of the sandbox is answered; `null` for no answer. */
let status: number | null;

async function listen(): Promise<void> {
  server = new WebSocketServer({ port, host: '127.0.0.1' });
  server.on('connection', (_, request) => opened.push(request.headers['sec-websocket-protocol']));
  await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'object' && address) ({ port } = address);
}
const leave = () => {
  for (const client of server.clients) client.terminate();
  server.close();
};

beforeEach(async () => {
  [port, told, opened, status] = [0, [], [], 200];
  await listen();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('location', { origin: `http://127.0.0.1:${port}` });
  vi.stubGlobal('fetch', async () => {
    if (status === null) throw new TypeError('fetch failed');
    return Response.json(status === 200 ? {} : { error: { code: 'c', message: 'm', hint: 'h' } }, { status });
  });
  source = new LiveSource({
    event: (event) => told.push(`event ${event.id}`),
    changed: () => told.push(`${source.live ? 'live' : 'not live'} ${source.standing}`),
    renewed: () => told.push('renewed'),
  });
});
afterEach(() => {
  source.stop();
  leave();
  vi.unstubAllGlobals();
});

function newSandbox(): SandboxRecord {
  const record = { organization: randomUUID(), token: randomUUID(), expiresAt: '', apis: [] };
  writeSandbox(record);
  return record;
}

const event = (id: number): GatewayEvent => ({ id, at: '', connection: null, type: 'api-removed', api: 'a' });
const say = (id: number) => {
  for (const client of server.clients) client.send(JSON.stringify(event(id)));
};

test('without a sandbox it watches nothing, and begins when the page has got one', async () => {
  source.watch();
  expect([source.organization, source.live, told]).toEqual([null, false, []]);
  const { organization, token } = newSandbox();
  source.watch();
  expect(source.organization).toBe(organization);
  await expect.poll(() => told.at(-1)).toBe('live null');
  say(7);
  await expect.poll(() => told.at(-1)).toBe('event 7');
  expect(opened).toEqual([token]);
  expect(told).not.toContain('renewed');
});

test('called again for the same sandbox it goes on; for another it says so before any event of that one', async () => {
  newSandbox();
  source.watch();
  await expect.poll(() => told.at(-1)).toBe('live null');
  const before = [...told];
  source.watch();
  expect(told).toEqual(before);
  const other = newSandbox();
  source.watch();
  expect(told.slice(before.length)[0]).toBe('renewed');
  expect(source.organization).toBe(other.organization);
  await expect.poll(() => opened.at(-1)).toBe(other.token);
  await expect.poll(() => server.clients.size).toBe(1);
  say(3);
  await expect.poll(() => told.at(-1)).toBe('event 3');
});

test.each([
  [404, 'forgotten'],
  [200, 'known'],
  [null, 'away'],
] as const)(
  'when its line is gone it asks why: with %s it is %s, and that is over when it is live again',
  async (answer, standing) => {
    newSandbox();
    source.watch();
    await expect.poll(() => told.at(-1)).toBe('live null');
    status = answer;
    leave();
    await expect.poll(() => told.at(-1)).toBe(`not live ${standing}`);
    await listen();
    await expect.poll(() => told.at(-1)).toBe('live null');
  },
);

test('stopped it lets go of the line, hears nothing more, and can begin again', async () => {
  newSandbox();
  source.watch();
  await expect.poll(() => told.at(-1)).toBe('live null');
  source.stop();
  await expect.poll(() => server.clients.size).toBe(0);
  const before = told.length;
  source.watch();
  await expect.poll(() => told.at(-1)).toBe('live null');
  expect(told.slice(before)).not.toContain('renewed');
});
