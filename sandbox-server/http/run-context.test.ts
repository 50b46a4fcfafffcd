// What a run's request may say of the context: variables of any part of it, a parsed body, and the answers that urlopen gets.
import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newSandbox, postJson, problemOf, testLab } from './testing.ts';

async function run(body: object, headers?: Record<string, string>, lab = testLab()) {
  const response = await postJson(lab, '/api/runs', body, headers);
  if (response.status !== 200) throw new Error((await problemOf(response)).message);
  return response.json();
}

/** What the script's console shows of these variables, as JSON. */
async function read(names: string[], body: object = {}) {
  const script = `console.log('%s', JSON.stringify(${JSON.stringify(names)}.map((name) => { var v = context.get(name); return v === undefined ? null : v; })))`;
  const { console, error } = await run({ script, ...body });
  expect(error).toBeNull();
  return JSON.parse(console[0].text);
}

describe('variables', () => {
  test('of an identified client, its plan, a caught error and the policy’s parameters are there under their names', async () => {
    const id = randomUUID();
    const variables = {
      client: {
        app: { id, name: 'app', 'lifecycle-state': 'PRODUCTION' },
        org: { id: 'o1', name: `org ${id}` },
      },
      plan: { id: 'p1', name: 'gold', version: '1.0.0' },
      error: { name: 'ConnectionError', message: `no ${id}` },
      local: { parameter: { url: `http://${id}` } },
      mine: [{ deep: { 'with-hyphen': id } }],
    };
    const names = [
      'client.app.id',
      'client.app.lifecycle-state',
      'client.org.name',
      'plan.name',
      'plan.version',
      'error.name',
      'error.message',
      'local.parameter.url',
      `mine[0].deep['with-hyphen']`,
    ];
    expect(await read(names, { variables })).toEqual([
      id,
      'PRODUCTION',
      `org ${id}`,
      'gold',
      '1.0.0',
      'ConnectionError',
      `no ${id}`,
      `http://${id}`,
      id,
    ]);
    expect(await read(['client.app.id', 'plan.name', 'error.name', 'local.parameter.url'])).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('are laid over the run’s own, whose other parts stay', async () => {
    const id = randomUUID();
    const variables = { api: { name: id }, system: { timezone: 'Europe/Berlin' } };
    const [name, version, root, timezone, datetime] = await read(
      ['api.name', 'api.version', 'api.root', 'system.timezone', 'system.datetime'],
      { variables },
    );
    expect([name, version, root, timezone]).toEqual([id, '1.0.0', '/websocket-test', 'Europe/Berlin']);
    expect(datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test.each(['client.app.id', 'plan.name', 'system.timezone', 'api.name'])(
    '%s stays read-only',
    async (name) => {
      const { error } = await run({
        script: `context.set('${name}', 'x')`,
        variables: { client: { app: { id: '1' } } },
      });
      expect(error.message).toContain(`\`${name}\` is read-only`);
    },
  );

  test.each(['request', 'message'])('%s is not theirs to give', async (name) => {
    const response = await postJson(testLab(), '/api/runs', { script: '', variables: { [name]: {} } });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).message).toMatch(
      /^variables: request and message come from `request`/,
    );
  });
});

describe('a parsed body', () => {
  test('is a tree in message.body, and the response when nobody changes it', async () => {
    const id = randomUUID();
    const request = { method: 'POST', headers: {}, body: JSON.stringify({ user: { id } }), parsed: true };
    const script = `console.log('%s', context.get('message.body.user.id')); context.message.body.readAsJSON((e, j) => console.log('%s', j.user.id));
      context.set('message.body.user.seen', true)`;
    const { console, response } = await run({ script, request });
    expect(console.map(({ text }: { text: string }) => text)).toEqual([id, id]);
    expect(JSON.parse(response.body)).toEqual({ user: { id, seen: true } });
  });

  test('is bytes without that', async () => {
    const script = `console.log('%s', Buffer.isBuffer(context.get('message.body')), context.get('message.body.a'), JSON.parse(context.get('message.body')).a)`;
    const { console } = await run({ script, request: { body: '{"a":7}' } });
    expect(console[0].text).toBe('true undefined 7');
  });

  test.each(['', 'no json', '"text"', '7'])('%j cannot be parsed to a tree, which is 400', async (body) => {
    const response = await postJson(testLab(), '/api/runs', { script: '', request: { body, parsed: true } });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).code).toBe('invalid-body');
  });
});

describe('urlopen', () => {
  const show = `require('urlopen').open(context.get('api.properties.target'), (error, response) => {
    if (error) return console.log('%s', error.errorMessage);
    response.readAsBuffer((e, body) => console.log('%j', [response.statusCode, response.reasonPhrase, response.get('x-a'), \`\${body}\`]));
  })`;
  const ask = async (target: string, urlopen?: object[], headers?: Record<string, string>, lab = testLab()) =>
    (await run({ script: show, properties: { target }, ...(urlopen && { urlopen }) }, headers, lab))
      .console[0].text;

  test('gets the answer that the request gives for its target', async () => {
    const [id, status] = [randomUUID(), randomInt(400, 405)];
    const urlopen = [
      { target: 'http://orders:3000/2', body: 'other' },
      { target: 'HTTP://orders:3000/1?a=b', status, headers: { 'X-A': ['1', id] }, body: `ä ${id}` },
    ];
    expect(JSON.parse(await ask('http://orders:3000/1?a=b', urlopen))).toMatchObject([
      status,
      expect.stringMatching(/^[A-Z]/),
      `1, ${id}`,
      `ä ${id}`,
    ]);
    expect(await ask('http://orders:3000/2', urlopen)).toContain('[200,"OK",');
  });

  test('without one, and without a sandbox, the error says which answers there are', async () => {
    expect(await ask('http://backend:8091/')).toMatch(
      /this run has no answer for it; .* answers for: none\./,
    );
    expect(await ask('http://a/', [{ target: 'https://b/c' }])).toContain('answers for: https://b/c.');
  });

  test('with a sandbox’s token reaches the servers of the sandbox, and no other', async () => {
    const lab = testLab();
    const { bearer } = await newSandbox(lab);
    expect(await ask('http://backend:8091/', [], bearer, lab)).toMatch(
      /^\[426,"Upgrade Required",null,"Upgrade Required"\]$/,
    );
    expect(await ask('http://backend:9/', [], bearer, lab)).toContain('ECONNREFUSED');
    expect(await ask('http://example.com/', [], bearer, lab)).toContain('outside the sandbox');
  });

  test.each([
    ['a target that is no URL', [{ target: 'backend' }], /^urlopen\[0\]\.target: .*URL/],
    ['another scheme', [{ target: 'file:///etc/passwd' }], /^urlopen\[0\]\.target/],
    ['a status beyond 599', [{ target: 'http://a', status: 600 }], /^urlopen\[0\]\.status/],
    ['a header with a line break', [{ target: 'http://a', headers: { A: 'b\r\nc' } }], /"A".*line break/],
    ['an unknown member', [{ target: 'http://a', code: 200 }], /code/],
    ['more than 20', Array.from({ length: 21 }, () => ({ target: 'http://a' })), /^urlopen: /],
  ])('%s is 400, and the message names the place', async (_what, urlopen, message) => {
    const response = await postJson(testLab(), '/api/runs', { script: '', urlopen });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).message).toMatch(message);
  });
});

test('the interface describes all three', async () => {
  const response = await testLab().app.request('/openapi.json');
  const { properties } = (await response.json()).components.schemas.RunRequest;
  expect(properties.urlopen.description).toContain('urlopen.open');
  expect(properties.variables.description).toContain('user-defined policy');
  expect(properties.request.properties.parsed.description).toContain('`parse`');
});
