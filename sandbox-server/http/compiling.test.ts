// Deployments as they meet each other and the other requests, while their texts are compiled beside the event loop.
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runningThreads } from '../gateway/compiler/running-threads.fixture.ts';
import { slowText } from '../gateway/compiler/slow-text.fixture.ts';
import { definition, newSandbox, openLab, problemOf, testLab } from './testing.ts';

type Lab = ReturnType<typeof testLab>;
type Sandbox = Awaited<ReturnType<typeof newSandbox>>;

const ask = async (lab: Lab, { path, bearer }: Sandbox, method: string, name: string, body?: string) =>
  lab.app.request(`${path}/apis/${name}`, { method, headers: bearer, ...(body ? { body } : {}) });
const basePathsOf = (lab: Lab, { organization }: Sandbox) =>
  [...(lab.directory.find(organization)?.apis() ?? [])].map(({ basePath }) => basePath);

/** Settles when so many texts wait behind the one that compiles: then their bodies have been read. */
async function queued(lab: Lab, texts: number): Promise<void> {
  const told = `\nlab_definitions_queued ${texts}\n`;
  while (!(await (await lab.app.request('/metrics')).text()).includes(told)) await setImmediate();
}

test('requests are answered while a definition of the costliest kind compiles, and then it is deployed', {
  timeout: 60_000,
}, async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const order: string[] = [];
  const deployed = ask(lab, sandbox, 'PUT', 'slow', slowText()).then((response) => {
    order.push('deployed');
    return response.status;
  });
  for (let i = 0; i < 5; i += 1) {
    const response = await lab.app.request(sandbox.path, { headers: sandbox.bearer });
    order.push(`${response.status}`);
  }
  expect(await deployed).toBe(200);
  expect(order).toEqual([...Array(5).fill('200'), 'deployed']);
});

test('one that takes longer than it may is 422 with what to do, changes nothing, and the next one deploys', {
  timeout: 60_000,
}, async () => {
  const lab = testLab({ COMPILE_DEADLINE_MS: '60' });
  const sandbox = await newSandbox(lab);
  expect((await ask(lab, sandbox, 'PUT', 'a', definition({ basePath: '/a' }))).status).toBe(200);
  const response = await ask(lab, sandbox, 'PUT', 'a', slowText());
  expect(response.status).toBe(422);
  const told = await response.json();
  expect(told.diagnostics).toMatchObject([{ severity: 'error', rule: 'too-slow', line: 1, column: 1 }]);
  expect(told.error.message).toMatch(/^Line 1: .*longer to compile than 60 ms\. Shorten it/);
  expect(basePathsOf(lab, sandbox)).toEqual(['/a']);
  const next = `/${randomUUID()}`;
  expect((await ask(lab, sandbox, 'PUT', 'a', definition({ basePath: next }))).status).toBe(200);
  expect(basePathsOf(lab, sandbox)).toEqual([next]);
});

test('with the queue full it is 429 with the seconds to wait, and deploys when it is asked again', async () => {
  const lab = testLab({ COMPILE_QUEUE: '1' });
  const sandbox = await newSandbox(lab);
  const deploy = (name: string) => ask(lab, sandbox, 'PUT', name, definition({ basePath: `/${name}` }));
  // One compiles, one waits.
  const [first, second, third] = await Promise.all(['a', 'b', 'c'].map(deploy));
  expect([first?.status, second?.status, third?.status]).toEqual([200, 200, 429]);
  expect(third?.headers.get('Retry-After')).toBe('2');
  expect((third && (await problemOf(third)))?.code).toBe('compiler-busy');
  expect((await deploy('c')).status).toBe(200);
  expect(basePathsOf(lab, sandbox)).toEqual(['/a', '/b', '/c']);
});

test('deployments to one sandbox stand in the order in which they came, and a removal after them', {
  timeout: 60_000,
}, async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const slow = ask(lab, sandbox, 'PUT', 'one', slowText('/slow'));
  const others = [
    ask(lab, sandbox, 'PUT', 'one', definition({ basePath: '/b' })),
    ask(lab, sandbox, 'PUT', 'one', definition({ basePath: '/c' })),
    ask(lab, sandbox, 'PUT', 'two', definition({ basePath: '/d' })),
  ];
  await queued(lab, 3);
  const answers = await Promise.all([slow, ...others, ask(lab, sandbox, 'DELETE', 'two')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 204]);
  expect(basePathsOf(lab, sandbox)).toEqual(['/c']);
});

test('a sandbox that is gone when its definition is compiled is 404', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const deployed = ask(lab, sandbox, 'PUT', 'a', definition({ basePath: '/a' }));
  await lab.directory.find(sandbox.organization)?.close();
  expect((await problemOf(await deployed)).code).toBe('sandbox-unknown');
  expect((await deployed).status).toBe(404);
});

test('a lab that closes answers who waits for a definition, and leaves no thread', {
  timeout: 60_000,
}, async () => {
  const before = runningThreads();
  const lab = openLab({ COMPILE_QUEUE: '2' });
  const sandbox = await newSandbox(lab);
  const deployed = [slowText(), definition({ basePath: '/a' })].map((text) =>
    ask(lab, sandbox, 'PUT', 'a', text),
  );
  await queued(lab, 1);
  await lab.close();
  await expect.poll(() => runningThreads()).toBeLessThanOrEqual(before);
  for (const response of await Promise.all(deployed)) expect([404, 429]).toContain(response.status);
});
