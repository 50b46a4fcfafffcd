import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { CHECKPOINTS } from '../checkpoints/checkpoints.ts';
import { checkpointListSchema, verdictSchema } from './checkpoint-schemas.ts';
import { definition, newSandbox, postJson, problemOf, testLab } from './testing.ts';

const refuses = `if (context.get('request.headers.Sec-WebSocket-Key') === undefined) context.set('message.status.code', 400);`;

/** A verdict is wanted on a busy machine too. */
const patient = { CHECK_SLOW_MS: '60000' };

test('the list names every checkpoint with what it needs', async () => {
  const response = await testLab().app.request('/api/checkpoints');
  const { checkpoints } = checkpointListSchema.parse(await response.json());
  expect(checkpoints.map(({ step }) => step)).toEqual([...CHECKPOINTS.keys()]);
  expect(checkpoints.find(({ step }) => step === 'server-file')?.files).toEqual(['websocket_server.js']);
});

test('files are checked without a token, and the verdict says what was sent, expected and received', async () => {
  const lab = testLab();
  const response = await postJson(lab, '/api/checkpoints/refuse-without-key', {
    files: { 'handler.js': refuses },
  });
  expect(response.status).toBe(200);
  const verdict = verdictSchema.parse(await response.json());
  expect(verdict).toMatchObject({ step: 'refuse-without-key', passed: false });
  const [refused, accepted] = verdict.tries;
  expect(refused).toMatchObject({ passed: true });
  expect(accepted).toMatchObject({ passed: false, expected: 'status 101' });
  expect(accepted?.sent).toContain('Sec-WebSocket-Key: ');
  expect(accepted?.received).toMatch(/^status 200\n\nHTTP\/1\.1 200 OK\n/);
});

test('a script that does not parse is told at its own line and column', async () => {
  const response = await postJson(testLab(), '/api/checkpoints/refuse-without-key', {
    files: { 'handler.js': 'var a = 1;\nvar = 2;' },
  });
  const verdict = verdictSchema.parse(await response.json());
  const error = verdict.diagnostics.find(({ severity }) => severity === 'error');
  if (error) expect(error).toMatchObject({ file: 'handler.js', line: 2 });
  expect(verdict.passed).toBe(false);
  expect(verdict.tries.at(-1)?.received).not.toBe('');
});

test('a server that throws as it starts is told at its line, and nothing else is tried', async () => {
  const message = randomBytes(6).toString('hex');
  const response = await postJson(testLab(), '/api/checkpoints/server-file', {
    files: { 'websocket_server.js': `require('ws');\nthrow new Error('${message}');` },
  });
  const { tries, diagnostics } = verdictSchema.parse(await response.json());
  expect(tries).toHaveLength(1);
  expect(tries[0]?.received).toBe(`line 2: Error: ${message}`);
  expect(diagnostics).toMatchObject([{ file: 'websocket_server.js', line: 2, rule: 'server-crashed' }]);
});

test('a server that never comes to an end costs one check, not the lab', async () => {
  const lab = testLab(patient);
  const response = await postJson(lab, '/api/checkpoints/server-file', {
    files: { 'websocket_server.js': 'for (;;);' },
  });
  expect(verdictSchema.parse(await response.json()).passed).toBe(false);
});

test('unknown steps, missing files and the wrong kind say what to do', async () => {
  const lab = testLab();
  const unknown = await postJson(lab, '/api/checkpoints/no-such-step', { files: {} });
  expect(unknown.status).toBe(404);
  expect((await problemOf(unknown)).code).toBe('checkpoint-unknown');
  const missing = await postJson(lab, '/api/checkpoints/server-file', { files: { 'other.js': '' } });
  expect(missing.status).toBe(400);
  expect(await problemOf(missing)).toMatchObject({
    code: 'file-missing',
    hint: 'This checkpoint takes websocket_server.js.',
  });
  const live = await postJson(lab, '/api/checkpoints/test-upgrade', { files: {} });
  expect((await problemOf(live)).code).toBe('checkpoint-kind');
});

test('a trial leaves nothing behind: no sandbox of its own can be found, and no server of it runs', async () => {
  const lab = testLab(patient);
  const response = await postJson(lab, '/api/checkpoints/server-file', {
    files: {
      'websocket_server.js': `const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8091 });`,
    },
  });
  expect(response.status).toBe(200);
  expect(lab.directory.count()).toBe(0);
  expect(lab.servers.stats().servers).toBe(0);
  expect(lab.gateway.stats().connections).toBe(0);
});

test('more checks than may wait are told 429 with a time', async () => {
  const lab = testLab({ CHECKS_AT_ONCE: '1', CHECKS_WAITING: '2' });
  const files = { 'handler.js': refuses };
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => postJson(lab, '/api/checkpoints/refuse-without-key', { files })),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toContain(200);
  expect(statuses).toContain(429);
  const busy = answers.find(({ status }) => status === 429);
  expect(Number(busy?.headers.get('Retry-After'))).toBeGreaterThan(0);
});

test('who has gone before its turn is not examined', async () => {
  const lab = testLab({ CHECKS_AT_ONCE: '1' });
  const left = Promise.withResolvers<void>();
  const { examineFiles: examine } = lab.examiner;
  // The first is examined until the second has gone.
  const examineFiles = vi.spyOn(lab.examiner, 'examineFiles').mockImplementation(async (...asked) => {
    await left.promise;
    return examine(...asked);
  });
  const gone = new AbortController();
  const ask = (signal: AbortSignal | null) =>
    lab.app.request('/api/checkpoints/refuse-without-key', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ files: { 'handler.js': refuses } }),
      signal,
    });
  const first = ask(null);
  const second = ask(gone.signal);
  await vi.waitFor(() => expect(examineFiles).toHaveBeenCalled(), 20_000);
  gone.abort();
  left.resolve();
  expect((await first).status).toBe(200);
  expect((await second).status).toBe(400);
  expect(examineFiles).toHaveBeenCalledOnce();
});

test('a check whose turn comes while the lab stops is told so', async () => {
  const lab = testLab();
  await lab.servers.close();
  const response = await postJson(lab, '/api/checkpoints/server-file', {
    files: { 'websocket_server.js': '' },
  });
  expect(response.status).toBe(503);
  expect((await problemOf(response)).code).toBe('lab-stops');
});

test('a live checkpoint wants the token, and passes when the API is deployed and answers', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const path = `${sandbox.path}/checkpoints/deploy-upgrade`;
  expect((await postJson(lab, path, {})).status).toBe(401);
  const before = verdictSchema.parse(await (await postJson(lab, path, {}, sandbox.bearer)).json());
  expect(before).toMatchObject({ passed: false, key: null });
  expect(before.tries.at(-1)?.received).toBe('no API is deployed');
  const deployed = await lab.app.request(`${sandbox.path}/apis/websocket-upgrade`, {
    method: 'PUT',
    headers: { ...sandbox.bearer, 'content-type': 'application/json' },
    body: definition({ basePath: '/websocket-upgrade' }),
  });
  expect(deployed.status).toBe(200);
  const after = verdictSchema.parse(await (await postJson(lab, path, {}, sandbox.bearer)).json());
  expect(after).toMatchObject({ passed: true, hint: null });
});

test('a lab that is too slow to judge answers 503 with a time, and no verdict', async () => {
  const lab = testLab({ CHECK_SLOW_MS: '1' });
  const response = await postJson(lab, '/api/checkpoints/server-file', {
    files: {
      'websocket_server.js': `const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8091 });`,
    },
  });
  expect(response.status).toBe(503);
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect((await problemOf(response)).code).toBe('lab-busy');
});
