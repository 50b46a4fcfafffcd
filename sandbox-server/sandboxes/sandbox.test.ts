import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { ApiDefinition, Diagnostic } from '../gateway/types.ts';
import { createDemo } from './demo.ts';
import { ApiUnknown, BasePathTaken } from './errors.ts';
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
    compile: (text, name) =>
      text.startsWith('!')
        ? { definition: null, diagnostics: [wrong] }
        : { definition: definitionOf(text, name), diagnostics: [] },
    createNetwork(onConsole) {
      say.push((text) => onConsole(8091, 'log', text));
      return {
        connect: () => expect.unreachable(),
        resolves: () => true,
        close: async () => {
          closed += 1;
        },
      };
    },
    limits: {
      apis: 5,
      definitionBytes: 1_000,
      events: { events: 9, bytes: 9_000, watchers: 1, framesPerSecond: 100 },
    },
  };
  const keeper = {
    put: (name: string, text: string) => kept.set(name, text),
    remove: (name: string) => kept.delete(name),
  };
  const sandbox = createSandbox('moss-owl', parts, keeper, stored, () => {});
  return { sandbox, parts, kept, say, closed: () => closed };
}

test('what is deployed is kept, told with its endpoints, and served', () => {
  const { sandbox, kept } = sandboxOf();
  const path = `/${randomUUID()}`;
  sandbox.deploy('mine', path, (definition) => [`wss://x${definition.basePath}`]);
  expect([...kept]).toEqual([['mine', path]]);
  expect([...sandbox.apis()].map(({ basePath }) => basePath)).toEqual([path]);
  expect(sandbox.events.kept()).toMatchObject([{ type: 'api-deployed', endpoints: [`wss://x${path}`] }]);
});

test('a refused definition changes nothing: not what is served, not what is kept, not the log', () => {
  const { sandbox, kept } = sandboxOf();
  sandbox.deploy('mine', '/good', () => []);
  expect(sandbox.deploy('mine', '!bad', () => []).diagnostics).toEqual([wrong]);
  expect(() => sandbox.deploy('other', '/good', () => [])).toThrow(BasePathTaken);
  expect(() => sandbox.remove('other')).toThrow(ApiUnknown);
  expect([...kept]).toEqual([['mine', '/good']]);
  expect([...sandbox.apis()]).toHaveLength(1);
  expect(sandbox.events.kept()).toHaveLength(1);
});

test('a stored definition that no longer passes is not served, is told with its diagnostics, and can be mended', () => {
  const { sandbox } = sandboxOf([
    { name: 'old', definition: '!was right once' },
    { name: 'fine', definition: '/fine' },
  ]);
  expect([...sandbox.apis()].map(({ name }) => name)).toEqual(['fine']);
  expect(sandbox.deployed()).toMatchObject([
    { name: 'fine', diagnostics: [] },
    { name: 'old', definition: null, diagnostics: [wrong] },
  ]);
  sandbox.deploy('old', '/mended', () => []);
  expect([...sandbox.apis()]).toHaveLength(2);
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
  expect(() => createDemo(parts, 10, new Map([['lesson', pathToFileURL(file)]]))).toThrow(
    /lesson.*It is wrong\./,
  );
});
