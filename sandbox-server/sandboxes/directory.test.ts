import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnServers } from '../backend/own-server/own-servers.ts';
import type { ApiDefinition } from '../gateway/types.ts';
import { createDirectory } from './directory.ts';
import { SandboxesFull } from './errors.ts';
import { createSandbox, type SandboxParts } from './sandbox.ts';
import { openStore, type Store } from './store.ts';

const hour = 3_600_000;
let folder: string;
let store: Store;
let time = Date.now();
let compiled = 0;
let closedNetworks = 0;

const definitionOf = (text: string, name: string): ApiDefinition => ({
  name,
  title: text,
  version: '1.0.0',
  basePath: `/${name}`,
  schemes: ['wss'],
  operations: [],
  properties: {},
  lab: { echo: 'upgrade', attach: 'none' },
  assembly: { execute: [], catch: [], finally: [] },
});

const NO_SERVERS: OwnServers = {
  deploy: () => expect.unreachable(),
  remove: () => expect.unreachable(),
  kill: () => expect.unreachable(),
  scriptOf: () => null,
  list: () => [],
  accept: () => false,
  join() {},
  close: async () => {},
};

// The compiler and the network are the gateway's and are tested there; here only who calls them and when.
const parts: SandboxParts = {
  compiler: {
    compile: async (text, name) => parts.compileNow(text, name),
    compileProduct: () => expect.unreachable(),
  },
  compileNow(text, name) {
    compiled += 1;
    return { definition: definitionOf(text, name), diagnostics: [] };
  },
  createServers: () => NO_SERVERS,
  createNetwork: () => ({
    connect: () => expect.unreachable(),
    close: async () => {
      closedNetworks += 1;
    },
  }),
  limits: {
    apis: 3,
    definitionBytes: 10_000,
    firstUseMs: 5_000,
    events: { events: 10, bytes: 10_000, watchers: 2, framesPerSecond: 100 },
  },
};

function open(max = 5) {
  const permanent = createSandbox('demo', parts, { put: () => {}, remove: () => {} }, [], () => {});
  return createDirectory({
    store,
    parts,
    permanent,
    max,
    ttlMs: 24 * hour,
    sweepMs: hour,
    log: pino({ level: 'silent' }),
    now: () => time,
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'directory-'));
  store = openStore(folder);
  compiled = 0;
  closedNetworks = 0;
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

test('a new sandbox is found by its name and opened by its token alone', async () => {
  const directory = open();
  const { sandbox, token } = directory.create();
  const other = directory.create();
  expect(directory.find(sandbox.name)).toBe(sandbox);
  expect(directory.authorize(sandbox.name, token)).toBe('allowed');
  expect(directory.authorize(sandbox.name, other.token)).toBe('refused');
  expect(directory.authorize('no-such', token)).toBe('unknown');
  expect(directory.ownerOf(token)).toBe(sandbox.name);
  expect(directory.ownerOf(randomUUID())).toBeUndefined();
  await directory.close();
});

test('the permanent organization is found, and no token opens it', async () => {
  const directory = open();
  expect(directory.find('demo')?.name).toBe('demo');
  expect(directory.authorize('demo', directory.create().token)).toBe('refused');
  expect(directory.authorize('demo', '')).toBe('refused');
  await directory.close();
});

test('a sandbox lives on over a restart, compiled at its first use and not before', async () => {
  const first = open();
  const { sandbox, token } = first.create();
  const text = randomUUID();
  await sandbox.deploy('mine', text, () => []);
  await first.close();
  store.close();
  store = openStore(folder);
  compiled = 0;

  const second = open();
  expect(second.authorize(sandbox.name, token)).toBe('allowed');
  expect(compiled).toBe(0);
  await Promise.all([second.find(sandbox.name)?.ready(), second.find(sandbox.name)?.ready()]);
  expect([...(second.find(sandbox.name)?.apis() ?? [])].map(({ title }) => title)).toEqual([text]);
  expect(compiled).toBe(1);
  second.find(sandbox.name);
  expect(compiled).toBe(1);
  await second.close();
});

test('a sandbox is forgotten 24 h after its last use, with its servers, and not before', async () => {
  const directory = open();
  const used = directory.create();
  const idle = directory.create();
  time += 23 * hour;
  used.sandbox.touch();
  directory.sweep();
  expect(directory.count()).toBe(2);
  expect(directory.times(used.sandbox.name)?.expiresAt).toBe(time + 24 * hour);

  time += 2 * hour;
  directory.sweep();
  expect(directory.find(idle.sandbox.name)).toBeUndefined();
  expect(directory.ownerOf(idle.token)).toBeUndefined();
  expect(closedNetworks).toBe(1);
  expect(store.sandboxes().map(({ name }) => name)).toEqual([used.sandbox.name]);
  await directory.close();
});

test('uses are written down at the sweep, not at each request', async () => {
  const directory = open();
  const { sandbox } = directory.create();
  const made = time;
  time += hour;
  for (let n = 0; n < 100; n += 1) sandbox.touch();
  expect(store.sandboxes()[0]?.usedAt).toBe(made);
  directory.sweep();
  expect(store.sandboxes()[0]?.usedAt).toBe(time);
  time += hour;
  sandbox.touch();
  await directory.close();
  expect(store.sandboxes()[0]?.usedAt).toBe(time);
});

test('there are no more sandboxes than may be, until one is forgotten', async () => {
  const directory = open(2);
  directory.create();
  directory.create();
  expect(() => directory.create()).toThrow(SandboxesFull);
  expect(directory.count()).toBe(2);
  time += 25 * hour;
  directory.create();
  expect(directory.count()).toBe(1);
  await directory.close();
});
