// Nonsense at every door of the built product: a clear error with its place, and nothing lost.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { websocketUpgradeYaml } from './lab/lesson.ts';
import { createSandbox } from './lab/sandbox.ts';
import { expect, test } from './lab/test.ts';

/** Error of the HTTP interface: code, sentence and hint, none empty. */
const anError = {
  error: {
    code: expect.stringMatching(/^[a-z0-9_-]+$/i),
    message: expect.stringMatching(/\w/),
    hint: expect.stringMatching(/\w/),
  },
};

const BAD_DEFINITIONS: [name: string, text: string, line: number | null][] = [
  ['malformed YAML', "swagger: '2.0'\ninfo:\n  title: [unclosed\n", null],
  ['a definition without an assembly', websocketUpgradeYaml.replace(/ {2}assembly:[\s\S]*/, ''), null],
  [
    'a target outside the sandbox',
    websocketUpgradeYaml.replace('http://backend:8091', 'http://169.254.169.254:80'),
    websocketUpgradeYaml.split('\n').findIndex((line) => line.includes('target-url')) + 1,
  ],
];

for (const [name, text, line] of BAD_DEFINITIONS) {
  test(`${name} is refused with its place, and what was deployed still answers`, async ({ request }) => {
    const sandbox = await createSandbox(request);
    await sandbox.deploy('websocket-upgrade', websocketUpgradeYaml);
    const answer = await request.put(`/api/sandboxes/${sandbox.organization}/apis/websocket-upgrade`, {
      headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/yaml' },
      data: text,
    });
    expect(answer.status()).toBe(422);
    const refusal = await answer.json();
    expect(refusal).toMatchObject(anError);
    const errors = refusal.diagnostics.filter(({ severity }: { severity: string }) => severity === 'error');
    expect(errors[0].message).toMatch(/\w/);
    expect(errors[0].line).toBeGreaterThan(0);
    expect(errors[0].column).toBeGreaterThan(0);
    if (line !== null) expect(errors.map((error: { line: number }) => error.line)).toContain(line);

    const socket = new WebSocket(`${sandbox.gateway.wss}/websocket-upgrade`, { rejectUnauthorized: false });
    const [welcome] = await once(socket, 'message');
    expect(String(welcome)).toBe('Welcome to the WebSocket server!');
    socket.terminate();
  });
}

test('a script over 64 kB is 413', async ({ request }) => {
  const answer = await request.post('/api/runs', { data: { script: `//${'x'.repeat(65_536)}` } });
  expect(answer.status()).toBe(413);
  expect(await answer.json()).toMatchObject(anError);
});

test('a header with a line break is refused by name', async ({ request }) => {
  const answer = await request.post('/api/runs', {
    data: { script: '', request: { headers: { 'X-Split': 'a\r\nSet-Cookie: b' } } },
  });
  expect(answer.status()).toBe(400);
  const refusal = await answer.json();
  expect(refusal).toMatchObject(anError);
  expect(JSON.stringify(refusal)).toContain('X-Split');
});

for (const [name, data] of [
  ['a script that is a number', { script: 5 }],
  ['no script at all', { request: {} }],
  ['a list for an object', []],
] as const) {
  test(`JSON of the wrong shape is 400: ${name}`, async ({ request }) => {
    const answer = await request.post('/api/runs', { data });
    expect(answer.status()).toBe(400);
    expect(await answer.json()).toMatchObject(anError);
  });
}

test('what is not JSON is 400, and what does not say that it is JSON is 415', async ({ request }) => {
  const cut = await request.post('/api/runs', {
    headers: { 'content-type': 'application/json' },
    data: Buffer.from('{"script":'),
  });
  expect(cut.status()).toBe(400);
  const text = await request.post('/api/runs', { headers: { 'content-type': 'text/plain' }, data: 'hello' });
  expect(text.status()).toBe(415);
});

test('an upgrade to an unknown organization is 404 in the words of the gateway', async ({ lab }) => {
  const socket = new WebSocket(new URL('/nobody-here/sandbox/websocket-test', lab.gateway), {
    rejectUnauthorized: false,
  });
  socket.on('error', () => {});
  const [, answer] = await once(socket, 'unexpected-response');
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['x-global-transaction-id']).toMatch(/^[0-9a-f]{24}$/);
  let body = '';
  for await (const chunk of answer) body += chunk;
  expect(JSON.parse(body)).toEqual({
    httpCode: '404',
    httpMessage: 'Not Found',
    moreInformation: 'API not found for requested URI',
  });
});
