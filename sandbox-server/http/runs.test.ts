import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newSandbox, postJson, problemOf, testLab } from './testing.ts';

/** Milliseconds for what takes one on an idle machine. */
const patient = { timeout: 20_000 };

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const acceptOf = (key: string) =>
  createHash('sha1')
    .update(key + guid)
    .digest('base64');
const handler = `var crypto = require('crypto');
var key = context.get('request.headers.Sec-WebSocket-Key');
context.set('message.status.code', 101);
context.set('message.headers.Sec-WebSocket-Accept', crypto.createHash('sha1').update(key + '${guid}').digest('base64'));`;

test('without a request the script gets a handshake with a fresh key, and what it answers keeps every rule', async () => {
  const lab = testLab();
  const keys = new Set<string>();
  for (let n = 0; n < 3; n += 1) {
    const response = await postJson(lab, '/api/runs', { script: handler });
    expect(response.status).toBe(200);
    const result = await response.json();
    const key = result.trace.find((entry: { operation: string }) => entry.operation === 'get').value;
    expect(Buffer.from(key, 'base64')).toHaveLength(16);
    keys.add(key);
    expect(result).toMatchObject({ outcome: 'completed', truncated: false, error: null });
    expect(result.response).toMatchObject({ status: 101, reason: 'Switching Protocols', body: '' });
    expect(result.response.headers).toContainEqual(['Sec-WebSocket-Accept', acceptOf(key)]);
    expect(result.handshake.length).toBeGreaterThan(5);
    expect(result.handshake.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
    expect(result.durationMs).toBeGreaterThanOrEqual(0);
  }
  expect(keys.size).toBe(3);
});

test('a given request is what the script sees: method, path, headers in their case, body as UTF-8', async () => {
  const lab = testLab();
  const [id, text] = [randomUUID(), `ä€😀 ${randomUUID()}`];
  const response = await postJson(lab, '/api/runs', {
    script: `console.info(context.get('request.verb'), context.get('request.uri'), Object.keys(context.get('request.headers')));
      context.message.body.write(context.get('request.headers.x-id') + ' ' + context.get('request.body'));
      context.message.header.set('X-Answer', context.get('api.properties.greeting'));`,
    request: { method: 'POST', path: '/a/b?c=d', headers: { 'X-ID': id, 'X-Two': ['1', '2'] }, body: text },
    properties: { greeting: `hello ${id}` },
  });
  const result = await response.json();
  expect(result.error).toBeNull();
  expect(result.console[0]).toMatchObject({ level: 'info', line: 1 });
  expect(result.console[0].text).toContain('POST');
  expect(result.console[0].text).toContain('X-Two');
  expect(result.response).toMatchObject({ status: 200, body: `${id} ${text}` });
  expect(result.response.headers).toContainEqual(['X-Answer', `hello ${id}`]);
  expect(result.handshake).toEqual([]);
});

test('the console comes as DataPower’s log lines too, under the transaction’s id', async () => {
  const text = randomUUID();
  const script = `console.error('%s', '${text}'); console.critical('b'); console.log('%s', context.get('session.globalTransactionID'))`;
  const result = await (await postJson(testLab(), '/api/runs', { script })).json();
  expect(result.console[0]).toEqual({ level: 'error', text, line: 1 });
  const transaction = result.console[2].text;
  expect(transaction).toMatch(/^[0-9a-f]{24}$/);
  expect(result.log).toHaveLength(3);
  expect(result.log[0]).toMatch(
    new RegExp(
      `^\\d{8}T\\d{6}\\.\\d{3}Z \\[apiconnect\\]\\[0x8580005c\\]\\[gatewayscript-user\\]\\[error\\] apigw\\(apiconnect\\): tid\\(\\d+\\)\\[request\\]\\[.+\\] gtid\\(${transaction}\\): ${text}$`,
    ),
  );
  expect(result.log[1]).toContain('[critic]');
});

test('a script that throws answers the client 500 with the default body, and the reader the thrown text at its line', async () => {
  const text = randomUUID();
  const response = await postJson(testLab(), '/api/runs', { script: `\n\nthrow new TypeError('${text}');` });
  expect(response.status).toBe(200);
  const result = await response.json();
  expect(result).toMatchObject({ outcome: 'threw', error: { name: 'TypeError', message: text, line: 3 } });
  expect(result.response.status).toBe(500);
  expect(JSON.parse(result.response.body)).toMatchObject({
    httpCode: '500',
    httpMessage: 'Internal Server Error',
  });
  expect(result.response.body).not.toContain(text);
});

test('a wrong accept value fails its rule, which names the expected one', async () => {
  const key = randomBytes(16).toString('base64');
  const headers = {
    Host: 'x',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': key,
  };
  const script = handler.replace('258E', '258F');
  const result = await (await postJson(testLab(), '/api/runs', { script, request: { headers } })).json();
  const failed = result.handshake.filter(({ passed }: { passed: boolean }) => !passed);
  expect(failed).toHaveLength(1);
  expect(failed[0].message).toContain(acceptOf(key));
});

test('the property lab-echo acts as in an API: with none the 101 lacks Upgrade and Connection', async () => {
  const result = await (
    await postJson(testLab(), '/api/runs', { script: handler, properties: { 'lab-echo': 'none' } })
  ).json();
  expect(result.response.headers.map(([name]: [string]) => name)).toEqual(['Sec-WebSocket-Accept']);
});

const good = 'context.set("message.body", "x")';
test.each([
  ['no script', {}, /^script: /],
  ['a script that is no text', { script: 7 }, /^script: .*string/],
  ['an unknown member', { script: good, scirpt: '' }, /scirpt/],
  ['an unknown member of the request', { script: good, request: { methode: 'GET' } }, /^request: .*methode/],
  [
    'a header that is no text',
    { script: good, request: { headers: { 'X-A': { b: 1 } } } },
    /^request\.headers\["X-A"\]: /,
  ],
  [
    'a header whose second value is no text',
    { script: good, request: { headers: { a: ['1', 2] } } },
    /^request\.headers\.a/,
  ],
  ['a method with a space', { script: good, request: { method: 'GET /' } }, /^request\.method: /],
  ['a path with a line break', { script: good, request: { path: '/a\nb' } }, /^request\.path: /],
  ['a path that does not start with a slash', { script: good, request: { path: 'a' } }, /^request\.path: /],
  [
    'a header value with a line break',
    { script: good, request: { headers: { 'X-Bad': 'a\r\nb: c' } } },
    /"X-Bad".*line break/,
  ],
  [
    'a second header value with a line break',
    { script: good, request: { headers: { 'X-Bad': ['a', 'b\n'] } } },
    /"X-Bad".*line break/,
  ],
  ['a header name with a line break', { script: good, request: { headers: { 'X\nY': 'a' } } }, /"X\\nY"/],
  ['an empty header name', { script: good, request: { headers: { '': 'a' } } }, /""/],
  [
    'a property nested too deep',
    { script: good, properties: { deep: JSON.parse(`${'['.repeat(102)}${']'.repeat(102)}`) } },
    /^properties\.deep: .*100 levels/,
  ],
  ['a list for a body', [], /^the body: /],
  ['null', null, /^the body: /],
])('%s is 400, and the message names the place', async (_what, body, place) => {
  const response = await postJson(testLab(), '/api/runs', body);
  expect(response.status).toBe(400);
  expect((await problemOf(response)).message).toMatch(place);
});

test('a body that is no JSON is 400, one of another type 415, none at all 400', async () => {
  const lab = testLab();
  const post = (body: string | null, type: string) =>
    lab.app.request('/api/runs', {
      method: 'POST',
      body,
      headers: type === '' ? {} : { 'content-type': type },
    });
  const json = JSON.stringify({ script: good });
  expect((await post('{"script":', 'application/json')).status).toBe(400);
  expect((await post(json, 'text/plain')).status).toBe(415);
  expect((await problemOf(await post(json, 'text/html'))).code).toBe('content-type');
  expect((await post(null, 'application/json')).status).toBe(400);
  expect((await post(json, 'application/json; charset=utf-8')).status).toBe(200);
});

test('a script of 64 kB runs, one byte more is 413, counted as UTF-8', async () => {
  const lab = testLab();
  const script = (bytes: number) => `//${'ä'.repeat((bytes - 2) / 2)}`;
  expect((await postJson(lab, '/api/runs', { script: script(65_536) })).status).toBe(200);
  const response = await postJson(lab, '/api/runs', { script: `${script(65_536)}x` });
  expect(response.status).toBe(413);
  expect(await problemOf(response)).toMatchObject({
    code: 'script-too-large',
    message: expect.stringContaining('65537'),
  });
});

test('a body of brackets as deep as it can be is 400, wherever it stands', async () => {
  const lab = testLab();
  const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
  for (const body of [
    deep,
    `{"script":${deep}}`,
    `{"script":"","properties":{"a":${deep}}}`,
    `{"script":"","request":{"headers":{"a":${deep}}}}`,
  ]) {
    const headers = { 'content-type': 'application/json' };
    const response = await lab.app.request('/api/runs', { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    await problemOf(response);
  }
});

test('a body above its bound is 413 before it is parsed', async () => {
  const response = await postJson(testLab({ RUN_BODY_MAX_BYTES: '2000' }), '/api/runs', {
    script: 'x'.repeat(3_000),
  });
  expect(response.status).toBe(413);
  expect((await problemOf(response)).code).toBe('body-too-large');
});

test('more runs of an address than may be in a minute are 429, and it says when to come again', async () => {
  const lab = testLab({ RUNS_PER_MINUTE: '3' });
  for (let n = 0; n < 3; n += 1)
    expect((await postJson(lab, '/api/runs', { script: good })).status).toBe(200);
  const response = await postJson(lab, '/api/runs', { script: good });
  expect(response.status).toBe(429);
  const seconds = Number(response.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(30);
  expect(seconds).toBeLessThanOrEqual(60);
  expect((await problemOf(response)).hint).toContain(`${seconds} seconds`);
});

test('the runs of a sandbox have their own bound; others and strangers run on', async () => {
  const lab = testLab({ RUNS_PER_MINUTE_PER_SANDBOX: '2' });
  const [busy, calm] = [await newSandbox(lab), await newSandbox(lab)];
  const run = (headers: Record<string, string>) =>
    postJson(lab, '/api/runs', { script: good }, headers).then((r) => r.status);
  expect([await run(busy.bearer), await run(busy.bearer), await run(busy.bearer)]).toEqual([200, 200, 429]);
  expect([await run(calm.bearer), await run({}), await run({ authorization: 'Bearer of-nothing' })]).toEqual([
    200, 200, 200,
  ]);
});

test('a newer run of a sandbox takes the place of one that still runs', async () => {
  const lab = testLab({ SCRIPT_DEADLINE_MS: '30000' });
  const { bearer } = await newSandbox(lab);
  const endless = postJson(lab, '/api/runs', { script: 'while (true) {}' }, bearer);
  await expect.poll(() => lab.engine.stats().running, patient).toBe(1);
  const newer = await (await postJson(lab, '/api/runs', { script: good }, bearer)).json();
  expect(newer.outcome).toBe('completed');
  expect((await (await endless).json()).outcome).toBe('interrupted');
});

test('a full queue is 429 with Retry-After, and the lab goes on', async () => {
  const lab = testLab({ SCRIPT_WORKERS: '1', SCRIPT_QUEUE: '1', SCRIPT_DEADLINE_MS: '1000' });
  const endless = () => postJson(lab, '/api/runs', { script: 'while (true) {}' });
  const responses = await Promise.all([endless(), endless(), endless(), endless()]);
  const refused = responses.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect((await postJson(lab, '/api/runs', { script: good })).status).toBe(200);
});
