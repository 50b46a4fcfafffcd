// A sandbox at its first use after a restart: what it had deployed is compiled beside the event loop.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { slowText } from '../gateway/compiler/slow-text.fixture.ts';
import { StillCompiling } from '../sandboxes/errors.ts';
import { definition, newSandbox, openLab, problemOf, temporaryFolder, testLab } from './testing.ts';

/** A sandbox that has these definitions, in a lab that has started anew since. */
async function restarted(texts: Record<string, string>, settings: Record<string, string> = {}) {
  const DATA_DIR = temporaryFolder();
  const before = openLab({ DATA_DIR });
  const sandbox = await newSandbox(before);
  for (const [name, body] of Object.entries(texts)) {
    const path = `${sandbox.path}/apis/${name}`;
    expect((await before.app.request(path, { method: 'PUT', headers: sandbox.bearer, body })).status).toBe(
      200,
    );
  }
  await before.close();
  const lab = testLab({ DATA_DIR, ...settings });
  const read = async () => lab.app.request(sandbox.path, { headers: sandbox.bearer });
  return { lab, sandbox, read };
}

test('others are served while it compiles, and all of its own first uses find it whole', {
  timeout: 60_000,
}, async () => {
  const own = `/${randomUUID()}`;
  const { lab, sandbox, read } = await restarted({ a: slowText('/slow'), b: definition({ basePath: own }) });
  const other = await newSandbox(lab);
  const order: string[] = [];
  const uses = [read(), read()].map(async (asked) => {
    const told = await (await asked).json();
    order.push('own');
    return told.apis.map(({ basePath }: { basePath: string }) => basePath);
  });
  for (let i = 0; i < 5; i += 1) {
    await lab.app.request(other.path, { headers: other.bearer });
    order.push('other');
  }
  expect(await Promise.all(uses)).toEqual([
    ['/slow', own],
    ['/slow', own],
  ]);
  expect(order).toEqual([...Array(5).fill('other'), 'own', 'own']);
  expect(lab.directory.find(sandbox.organization)?.events.kept()).toEqual([]);
});

test('a text that is too slow by now is not served, with its line in the log, and the others are', {
  timeout: 60_000,
}, async () => {
  const own = `/${randomUUID()}`;
  const texts = { slow: slowText('/slow'), b: definition({ basePath: own }) };
  const { lab, sandbox, read } = await restarted(texts, { COMPILE_DEADLINE_MS: '60' });
  const told = await (await read()).json();
  expect(told.apis).toMatchObject([
    { name: 'b', basePath: own, diagnostics: [] },
    { name: 'slow', endpoints: [], diagnostics: [{ severity: 'error', rule: 'too-slow' }] },
  ]);
  const found = lab.directory.find(sandbox.organization);
  expect([...(found?.apis() ?? [])].map(({ basePath }) => basePath)).toEqual([own]);
  expect(found?.events.kept()).toMatchObject([
    {
      type: 'gateway-log',
      level: 'error',
      text: expect.stringMatching(
        /^The API slow was deployed before .* Line 1: .*longer to compile than 60 ms/,
      ),
    },
  ]);
});

test('where it takes longer than a request waits, it is 503 with the seconds to wait', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const found = lab.directory.find(sandbox.organization);
  if (found) found.ready = () => Promise.reject(new StillCompiling());
  const response = await lab.app.request(sandbox.path, { headers: sandbox.bearer });
  expect(response.status).toBe(503);
  expect(response.headers.get('Retry-After')).toBe('5');
  expect((await problemOf(response)).code).toBe('still-compiling');
});
