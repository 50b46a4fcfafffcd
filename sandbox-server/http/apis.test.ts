import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { definition, newSandbox, openLab, problemOf, temporaryFolder, testLab } from './testing.ts';

type Sandbox = Awaited<ReturnType<typeof newSandbox>>;
type Lab = ReturnType<typeof testLab>;

const put = (lab: Lab, sandbox: Sandbox, name: string, body: BodyInit, type = 'application/yaml') =>
  lab.app.request(`${sandbox.path}/apis/${name}`, {
    method: 'PUT',
    headers: { ...sandbox.bearer, host: 'localhost:4321', 'content-type': type },
    body,
  });

const basePathsOf = (lab: Lab, sandbox: Sandbox) =>
  [...(lab.directory.find(sandbox.organization)?.apis() ?? [])].map(({ basePath }) => basePath);

test.each([
  'application/yaml',
  'text/yaml',
  'application/x-yaml',
  'text/plain',
  'application/json',
  'Text/YAML; charset=utf-8',
  'text/x-yaml',
  'application/openapi+yaml',
  'application/vnd.oai.openapi+json;version=2.0',
  '',
])('a definition sent as %s is deployed, and told with its URLs', async (type) => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const version = `${Math.floor(Math.random() * 100)}.0.1`;
  const response = await put(lab, sandbox, 'my-api', definition({ basePath: '/my-api', version }), type);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    name: 'my-api',
    version,
    endpoints: [`${sandbox.gateway.wss}/my-api`, `${sandbox.gateway.ws}/my-api`],
    diagnostics: [],
  });
  expect(basePathsOf(lab, sandbox)).toEqual(['/my-api']);
});

test('a definition with an error is 422 with its line, and what was deployed still is', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  await put(lab, sandbox, 'a', definition({ basePath: '/before' }));
  const response = await put(
    lab,
    sandbox,
    'a',
    definition({ basePath: '/after', target: 'ws://backend:8091' }),
  );
  expect(response.status).toBe(422);
  const body = await response.json();
  expect(body.error).toMatchObject({
    code: 'definition-invalid',
    message: expect.stringMatching(/^Line \d+: /),
  });
  expect(body.diagnostics).toContainEqual(
    expect.objectContaining({
      severity: 'error',
      line: expect.any(Number),
      column: expect.any(Number),
      path: expect.any(Array),
    }),
  );
  expect(basePathsOf(lab, sandbox)).toEqual(['/before']);
});

test('malformed YAML is 422 at the line of the mistake', async () => {
  const lab = testLab();
  const response = await put(lab, await newSandbox(lab), 'a', 'swagger: "2.0"\ninfo:\n  title: [unclosed\n');
  expect(response.status).toBe(422);
  const { diagnostics } = await response.json();
  expect(diagnostics[0].line).toBeGreaterThanOrEqual(3);
});

test('warnings alone deploy, and are told', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const warned = definition({ basePath: '/w' }).replace('"datapower-api-gateway"', '"datapower-gateway"');
  const response = await put(lab, sandbox, 'w', warned);
  expect(response.status).toBe(200);
  const { diagnostics } = await response.json();
  expect(diagnostics.map(({ severity }: { severity: string }) => severity)).toContain('warning');
});

test('two APIs cannot have one base path; the refusal names the other', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  await put(lab, sandbox, 'first', definition({ basePath: '/same' }));
  const response = await put(lab, sandbox, 'second', definition({ basePath: '/same' }));
  expect(response.status).toBe(409);
  expect((await problemOf(response)).message).toContain('"first"');
  expect((await put(lab, sandbox, 'first', definition({ basePath: '/same' }))).status).toBe(200);
  expect((await put(lab, await newSandbox(lab), 'second', definition({ basePath: '/same' }))).status).toBe(
    200,
  );
});

test('a sandbox has no more APIs than it may, and can still change those that it has', async () => {
  const lab = testLab({ SANDBOX_MAX_APIS: '2' });
  const sandbox = await newSandbox(lab);
  await put(lab, sandbox, 'a', definition({ basePath: '/a' }));
  await put(lab, sandbox, 'b', definition({ basePath: '/b' }));
  expect((await problemOf(await put(lab, sandbox, 'c', definition({ basePath: '/c' })))).code).toBe(
    'too-many-apis',
  );
  expect((await put(lab, sandbox, 'b', definition({ basePath: '/c' }))).status).toBe(200);
});

test('a definition above the bound is 422 at the line that passes it, one far above it 413, and so are all of a sandbox together above theirs', async () => {
  const lab = testLab({
    DEFINITION_MAX_BYTES: '5000',
    DEFINITION_BODY_MAX_BYTES: '9000',
    SANDBOX_MAX_DEFINITION_BYTES: '6000',
  });
  const sandbox = await newSandbox(lab);
  const sized = (basePath: string, bytes: number) =>
    `${definition({ basePath })}${' '.repeat(bytes - definition({ basePath }).length)}`;
  const comments = Math.floor(Math.random() * 100);
  const lines = `#\n`.repeat(comments);
  const response = await put(lab, sandbox, 'a', lines + sized('/a', 5_001 - lines.length));
  expect(response.status).toBe(422);
  const { error, diagnostics } = await response.json();
  const line = comments + definition({ basePath: '/a' }).split('\n').length;
  expect(diagnostics).toMatchObject([{ severity: 'error', rule: 'too-large', line, path: [] }]);
  expect(error).toMatchObject({
    code: 'definition-invalid',
    message: expect.stringContaining(
      `Line ${line}: An API definition may have 5000 bytes at most, and this has 5001`,
    ),
  });
  expect((await problemOf(await put(lab, sandbox, 'a', sized('/a', 9_001)))).code).toBe(
    'definition-too-large',
  );
  expect((await put(lab, sandbox, 'a', sized('/a', 4_000))).status).toBe(200);
  expect((await problemOf(await put(lab, sandbox, 'b', sized('/b', 4_000)))).code).toBe(
    'definitions-too-large',
  );
  expect((await put(lab, sandbox, 'a', sized('/a', 5_000))).status).toBe(200);
});

test('deployments of a sandbox are limited by their size, and others deploy on', async () => {
  const lab = testLab({ DEPLOYMENTS_PER_MINUTE_PER_SANDBOX: '5' });
  const [large, small] = [await newSandbox(lab), await newSandbox(lab)];
  const text = definition({ basePath: '/a' });
  expect((await put(lab, large, 'a', text + ' '.repeat(35_000))).status).toBe(200);
  expect((await put(lab, large, 'a', text)).status).toBe(200);
  const response = await put(lab, large, 'a', text);
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await put(lab, small, 'a', text)).status).toBe(200);
});

test('a megabyte of YAML is a diagnostic and weighs as one deployment, whatever it would unfold to', async () => {
  const lab = testLab({ DEPLOYMENTS_PER_MINUTE_PER_SANDBOX: '3' });
  const sandbox = await newSandbox(lab);
  for (const text of ['a: [*x, {b: &x *x}]\n', 'key: value\n', '- '])
    expect(
      (await (await put(lab, sandbox, 'a', text.repeat(1_000_000 / text.length))).json()).diagnostics,
    ).toMatchObject([{ severity: 'error', rule: 'too-large' }]);
  expect((await put(lab, sandbox, 'a', definition({ basePath: '/a' }))).status).toBe(429);
});

test('a type that is no text is 415, bytes that are not UTF-8 are 400', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const text = definition({ basePath: '/a' });
  expect((await put(lab, sandbox, 'a', text, 'image/png')).status).toBe(415);
  expect((await problemOf(await put(lab, sandbox, 'a', text, 'multipart/form-data'))).code).toBe(
    'content-type',
  );
  const latin1 = Buffer.from(text.replace('Test', 'Tést'), 'latin1');
  expect((await problemOf(await put(lab, sandbox, 'a', latin1))).code).toBe('not-utf-8');
});

test.each(['%20', 'a%20b', '-a', 'a%2Fb', 'x'.repeat(65), 'ä'])('%j is no name of an API', async (name) => {
  const lab = testLab();
  const response = await put(lab, await newSandbox(lab), name, definition({ basePath: '/a' }));
  expect(response.status).toBe(400);
  expect((await problemOf(response)).message).toMatch(/^name: /);
});

test('a target outside deploys where the operator lists its origin, and is served again after a restart', async () => {
  const origin = `https://${randomUUID()}.example.com`;
  const settings = { DATA_DIR: temporaryFolder(), TARGET_ORIGINS: origin };
  const first = openLab(settings);
  const sandbox = await newSandbox(first);
  const deploy = (lab: Lab, target: string) =>
    put(lab, sandbox, 'out', definition({ basePath: '/out', target }));
  expect((await deploy(first, `${origin}/chat`)).status).toBe(200);
  expect((await problemOf(await deploy(first, 'https://other.example.com'))).message).toContain(origin);
  await first.close();
  const second = testLab(settings);
  await second.directory.find(sandbox.organization)?.ready();
  expect(basePathsOf(second, sandbox)).toEqual(['/out']);
});

test('an API that is taken away serves no more; taken away again it is 404', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  await put(lab, sandbox, 'gone', definition({ basePath: '/gone' }));
  const remove = () =>
    lab.app.request(`${sandbox.path}/apis/gone`, { method: 'DELETE', headers: sandbox.bearer });
  expect((await remove()).status).toBe(204);
  expect(basePathsOf(lab, sandbox)).toEqual([]);
  expect((await problemOf(await remove())).code).toBe('api-unknown');
});

test('deploying and taking away are in the sandbox’s log', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const name = `api-${randomUUID().slice(0, 8)}`;
  await put(lab, sandbox, name, definition({ basePath: '/a' }));
  await lab.app.request(`${sandbox.path}/apis/${name}`, { method: 'DELETE', headers: sandbox.bearer });
  expect(lab.directory.find(sandbox.organization)?.events.kept()).toMatchObject([
    {
      id: 1,
      connection: null,
      type: 'api-deployed',
      api: name,
      version: '1.0.0',
      endpoints: [`${sandbox.gateway.wss}/a`, `${sandbox.gateway.ws}/a`],
    },
    { id: 2, connection: null, type: 'api-removed', api: name },
  ]);
});
