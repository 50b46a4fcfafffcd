import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { CompilerBusy } from '../gateway/compiler/compiler.ts';
import { compileProduct } from '../gateway/plans/compile-product.ts';
import { keysFrom } from '../gateway/plans/issue-key.ts';
import type { ApiDefinition, Diagnostic } from '../gateway/types.ts';
import { createDemo } from './demo.ts';
import { ApiUnknown, BasePathTaken, SandboxGone } from './errors.ts';
import { createSandbox, type SandboxParts } from './sandbox.ts';

const wrong: Diagnostic = {
  severity: 'error',
  rule: 'wrong',
  message: 'It is wrong.',
  line: 1,
  column: 1,
  path: [],
};

/** A text is the base path of its definition, and one that begins with `!` is wrong: what compiling really takes is the gateway's. */
function sandboxOf(stored: { name: string; definition: string }[] = []) {
  const kept = new Map<string, string>();
  const say: ((text: string) => void)[] = [];
  /** By text: its compiling ends when the test says so. */
  const waits = new Map<string, PromiseWithResolvers<void>>();
  const wait = (text: string) => {
    const waiting = Promise.withResolvers<void>();
    waits.set(text, waiting);
    return waiting;
  };
  /** Texts, in order. */
  const compiled: string[] = [];
  let closed = 0;
  const definitionOf = (text: string, name: string): ApiDefinition => ({
    name,
    title: name,
    version: '1.0.0',
    basePath: text,
    schemes: [],
    operations: [],
    properties: {},
    lab: { echo: 'upgrade', attach: 'none' },
    assembly: { execute: [], catch: [], finally: [] },
  });
  const parts: SandboxParts = {
    compiler: {
      async compile(text, name) {
        await waits.get(text)?.promise;
        compiled.push(text);
        return parts.compileNow(text, name);
      },
      async compileProduct(text, _name, { apis, seed }) {
        await waits.get(text)?.promise;
        return compileProduct(text, { apis, issue: keysFrom(seed) });
      },
    },
    compileNow: (text, name) =>
      text.startsWith('!')
        ? { definition: null, diagnostics: [wrong] }
        : { definition: definitionOf(text, name), diagnostics: [] },
    createServers: () => ({
      deploy: () => expect.unreachable(),
      remove: () => expect.unreachable(),
      kill: () => expect.unreachable(),
      scriptOf: () => null,
      list: () => [],
      accept: () => false,
      join() {},
      close: async () => {},
    }),
    createNetwork(tell) {
      say.push((text) => tell({ type: 'server-console', port: 8091, level: 'log', text }));
      return {
        connect: () => expect.unreachable(),
        close: async () => {
          closed += 1;
        },
      };
    },
    limits: {
      apis: 5,
      definitionBytes: 1_000,
      firstUseMs: 5_000,
      events: { events: 9, bytes: 9_000, watchers: 1, framesPerSecond: 100 },
    },
  };
  const keeper = {
    put: (name: string, text: string) => kept.set(name, text),
    remove: (name: string) => kept.delete(name),
  };
  const sandbox = createSandbox('moss-owl', parts, keeper, stored, () => {});
  return { sandbox, parts, kept, say, wait, compiled, closed: () => closed };
}

test('what is deployed is kept, told with its endpoints, and served', async () => {
  const { sandbox, kept } = sandboxOf();
  const path = `/${randomUUID()}`;
  await sandbox.deploy('mine', path, (definition) => [`wss://x${definition.basePath}`]);
  expect([...kept]).toEqual([['mine', path]]);
  expect([...sandbox.apis()].map(({ basePath }) => basePath)).toEqual([path]);
  expect(sandbox.events.kept()).toMatchObject([{ type: 'api-deployed', endpoints: [`wss://x${path}`] }]);
});

test('a refused definition changes nothing: not what is served, not what is kept, not the log', async () => {
  const { sandbox, kept } = sandboxOf();
  await sandbox.deploy('mine', '/good', () => []);
  expect((await sandbox.deploy('mine', '!bad', () => [])).diagnostics).toEqual([wrong]);
  await expect(sandbox.deploy('other', '/good', () => [])).rejects.toThrow(BasePathTaken);
  await expect(sandbox.remove('other')).rejects.toThrow(ApiUnknown);
  expect([...kept]).toEqual([['mine', '/good']]);
  expect([...sandbox.apis()]).toHaveLength(1);
  expect(sandbox.events.kept()).toHaveLength(1);
});

test('a stored definition that no longer passes is not served, is told with its diagnostics, and can be mended', async () => {
  const { sandbox } = sandboxOf([
    { name: 'old', definition: '!was right once' },
    { name: 'fine', definition: '/fine' },
  ]);
  await sandbox.ready();
  expect(sandbox.events.kept()).toMatchObject([
    {
      type: 'gateway-log',
      level: 'error',
      text: expect.stringMatching(/^The API old .* Line 1: It is wrong\./),
    },
  ]);
  expect([...sandbox.apis()].map(({ name }) => name)).toEqual(['fine']);
  expect(sandbox.deployed()).toMatchObject([
    { name: 'fine', diagnostics: [] },
    { name: 'old', definition: null, diagnostics: [wrong] },
  ]);
  await sandbox.deploy('old', '/mended', () => []);
  expect([...sandbox.apis()]).toHaveLength(2);
});

test('stored definitions that find no room in the queue are compiled at the next use, each of them once', async () => {
  const { sandbox, wait, compiled } = sandboxOf([
    { name: 'a', definition: '/a' },
    { name: 'b', definition: '/b' },
  ]);
  wait('/b').reject(new CompilerBusy(1));
  await expect(sandbox.ready()).rejects.toThrow(CompilerBusy);
  wait('/b').resolve();
  await sandbox.ready();
  expect([...sandbox.apis()].map(({ basePath }) => basePath)).toEqual(['/a', '/b']);
  expect(compiled).toEqual(['/a', '/b']);
});

test('a stored definition on which the compiler fails does not serve, keeps no other from it, and can be replaced', async () => {
  const { sandbox, wait } = sandboxOf([
    { name: 'bad', definition: '/bad' },
    { name: 'fine', definition: '/fine' },
  ]);
  wait('/bad').reject(new Error('the thread ended'));
  await sandbox.ready();
  expect(sandbox.deployed()).toMatchObject([
    { name: 'bad', definition: null, diagnostics: [{ rule: 'not-compiled' }] },
    { name: 'fine', diagnostics: [] },
  ]);
  await sandbox.deploy('bad', '/good', () => []);
  expect([...sandbox.apis()]).toHaveLength(2);
});

test('of two deployments the later one stands in the end, also where it is compiled first', async () => {
  const { sandbox, kept, wait } = sandboxOf();
  const slow = wait('/first');
  const deployed = ['/first', '/second'].map((path) => sandbox.deploy('mine', path, () => []));
  slow.resolve();
  await Promise.all(deployed);
  expect([...kept]).toEqual([['mine', '/second']]);
  expect([...sandbox.apis()].map(({ basePath }) => basePath)).toEqual(['/second']);
  expect(sandbox.events.kept()).toHaveLength(2);
});

test('an API that is taken away while it compiles is gone in the end', async () => {
  const { sandbox, kept, wait } = sandboxOf();
  const slow = wait('/one');
  const deployed = sandbox.deploy('mine', '/one', () => []);
  const removed = sandbox.remove('mine');
  slow.resolve();
  await Promise.all([deployed, removed]);
  expect([[...kept], [...sandbox.apis()]]).toEqual([[], []]);
  expect(sandbox.events.kept().map(({ type }) => type)).toEqual(['api-deployed', 'api-removed']);
});

test('a product that is taken away while it compiles is gone in the end, and an API before it is there', async () => {
  const { sandbox, wait } = sandboxOf();
  const product = 'product: 1.0.0\ninfo: {name: a, version: 1.0.0}\nplans: {p: {}}';
  const slow = wait('/one');
  const api = sandbox.deploy('mine', '/one', () => []);
  const deployed = sandbox.products.deploy('one', product);
  const removed = sandbox.products.remove('one');
  slow.resolve();
  expect((await deployed).product?.name).toBe('a');
  await Promise.all([api, removed]);
  expect(sandbox.products.deployed()).toEqual([]);
  expect(sandbox.events.kept().map(({ type }) => type)).toEqual([
    'api-deployed',
    'product-deployed',
    'product-removed',
  ]);
});

test('a deployment that fails before its turn is told to who asked for it, and the others go on', async () => {
  const { sandbox, wait } = sandboxOf();
  const [slow, refused] = [wait('/slow'), wait('/refused')];
  const first = sandbox.deploy('a', '/slow', () => []);
  const second = sandbox.deploy('b', '/refused', () => []);
  const third = sandbox.deploy('c', '/third', () => []);
  refused.reject(new Error('no room'));
  // Time for a rejection that nobody heard to end the process.
  await new Promise((resolve) => setImmediate(resolve));
  slow.resolve();
  await expect(second).rejects.toThrow('no room');
  expect((await Promise.all([first, third])).map(({ definition }) => definition?.name)).toEqual(['a', 'c']);
});

test('what arrives at a sandbox that is gone meanwhile changes nothing, and is told so', async () => {
  const { sandbox, kept, wait } = sandboxOf();
  const slow = wait('/late');
  const changes = [sandbox.deploy('mine', '/late', () => []), sandbox.remove('mine')];
  await sandbox.close();
  slow.resolve();
  for (const change of changes) await expect(change).rejects.toThrow(SandboxGone);
  expect([...kept]).toEqual([]);
});

test('what a server of the sandbox says is in the sandbox’s log', () => {
  const { sandbox, say } = sandboxOf();
  const text = randomUUID();
  say[0]?.(text);
  expect(sandbox.events.kept()).toMatchObject([{ type: 'server-console', port: 8091, level: 'log', text }]);
});

test('a closed sandbox has ended its servers and tells its watchers', async () => {
  const { sandbox, closed } = sandboxOf();
  let ended = false;
  sandbox.events.watch({
    event: () => {},
    end: () => {
      ended = true;
    },
  });
  await sandbox.close();
  expect([ended, closed()]).toEqual([true, 1]);
});

test('a demo whose lesson does not deploy does not start, and says which and why', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.yaml');
  writeFileSync(file, '!wrong');
  const { parts } = sandboxOf();
  expect(() =>
    createDemo(parts, { maxConnections: 10, idleSeconds: 0 }, new Map([['lesson', pathToFileURL(file)]])),
  ).toThrow(/lesson.*It is wrong\./);
});
