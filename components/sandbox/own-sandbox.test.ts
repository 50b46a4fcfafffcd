import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deploy } from './deploy.ts';
import { readSandbox } from './sandbox-record.ts';

/** What the fetches asked, in turn, and a server that knows only the sandboxes that it made. */
let asked: string[];
let known: Map<string, string>;

beforeEach(() => {
  asked = [];
  known = new Map();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal(
    'fetch',
    async (path: string, { method, headers, body }: { method: string; headers: Headers; body: string }) => {
      asked.push(`${method} ${path}`);
      if (method === 'POST') {
        const [organization, token] = [randomUUID(), randomUUID()];
        known.set(organization, token);
        const expiresAt = new Date().toISOString();
        return Response.json(
          { organization, token, expiresAt, gateway: { wss: 'wss://x', ws: 'ws://x' } },
          { status: 201 },
        );
      }
      const organization = path.split('/')[3] ?? '';
      const hint = 'h';
      if (!known.has(organization))
        return Response.json({ error: { code: 'unknown', message: 'm', hint } }, { status: 404 });
      if (headers.get('authorization') !== `Bearer ${known.get(organization)}`) {
        return Response.json({ error: { code: 'unauthorized', message: 'm', hint } }, { status: 401 });
      }
      if (body === 'wrong') {
        const diagnostics = [{ severity: 'error', rule: 'r', message: 'm', line: 1, column: 1, path: [] }];
        return Response.json(
          { error: { code: 'invalid', message: 'm', hint }, diagnostics },
          { status: 422 },
        );
      }
      return Response.json({
        name: path.split('/').at(-1),
        version: '1',
        endpoints: ['wss://x/y'],
        diagnostics: [],
      });
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

test('the first deployment makes a sandbox, the next one uses it', async () => {
  const first = await deploy('a', 'x');
  const second = await deploy('b', 'y');
  expect(second.sandbox.organization).toBe(first.sandbox.organization);
  expect([first.renewed, second.renewed]).toEqual([false, false]);
  expect(asked.filter((each) => each.startsWith('POST'))).toHaveLength(1);
  expect(readSandbox()?.apis).toEqual(['a', 'b']);
});

test.each([
  ['forgets the sandbox', () => known.clear()],
  [
    'forgets its token',
    () => {
      for (const key of known.keys()) known.set(key, 'other');
    },
  ],
])('when the server %s a new one is made, and the reader is told', async (_, forget) => {
  const first = await deploy('a', 'x');
  forget();
  const second = await deploy('b', 'y');
  expect(second.renewed).toBe(true);
  expect(second.sandbox.organization).not.toBe(first.sandbox.organization);
  expect(readSandbox()).toMatchObject({ organization: second.sandbox.organization, apis: ['b'] });
});

test('a refused definition is an answer with its diagnostics, and counts as not deployed', async () => {
  const { result } = await deploy('a', 'wrong');
  expect(result).toMatchObject({ diagnostics: [{ line: 1 }] });
  expect(readSandbox()?.apis).toEqual([]);
});

test('every deployment is told to the page', async () => {
  const heard = vi.fn();
  document.addEventListener('lab-sandbox', heard);
  await deploy('a', 'x');
  heard.mockClear();
  await deploy('a', 'x');
  expect(heard).toHaveBeenCalledOnce();
});

test('with storage forbidden the page still has its sandbox', async () => {
  vi.stubGlobal('localStorage', undefined);
  const first = await deploy('a', 'x');
  const second = await deploy('b', 'x');
  expect(second.sandbox.organization).toBe(first.sandbox.organization);
});
