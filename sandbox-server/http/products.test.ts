import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { productDeploymentSchema } from './sandbox-schemas.ts';
import { definition, newSandbox, openLab, problemOf, temporaryFolder, testLab } from './testing.ts';

type Sandbox = Awaited<ReturnType<typeof newSandbox>>;
type Lab = ReturnType<typeof testLab>;

const send = (
  lab: Lab,
  { path, bearer }: Sandbox,
  method: string,
  name: string,
  body: BodyInit | null = null,
) =>
  lab.app.request(`${path}/products/${name}`, {
    method,
    headers: { ...bearer, 'content-type': 'application/yaml' },
    body,
  });

const listed = async (lab: Lab, { path, bearer }: Sandbox) =>
  (await (await lab.app.request(path, { headers: bearer })).json()).products;

const productText = (more = '', version = '1.0.0') => `product: 1.0.0
info: {name: chat, title: Chat, version: ${version}}
gateways: [datapower-api-gateway]
apis: {mine: {name: 'mine:1.0.0'}}
plans:
  free: {title: Free, rate-limits: {default: {value: 5/1minute, hard-limit: true}}}
x-lab-applications:
  - {name: page, plan: free${more}}
`;

test('a product is deployed and told with its plans and applications, keys made up where the file has none', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const version = `1.0.${Math.floor(Math.random() * 1_000)}`;
  await lab.app.request(`${sandbox.path}/apis/mine`, {
    method: 'PUT',
    headers: sandbox.bearer,
    body: definition({ basePath: '/mine' }),
  });
  const response = await send(lab, sandbox, 'PUT', 'chat', productText('', version));
  expect(response.status).toBe(200);
  const made = expect.stringMatching(/^[0-9a-f]{32}$/);
  const told = await response.json();
  expect(told).toEqual({
    name: 'chat',
    title: 'Chat',
    version,
    plans: [{ name: 'free', title: 'Free', limits: [{ name: 'default', value: '5/1minute', hard: true }] }],
    applications: [{ name: 'page', organization: 'lab', plan: 'free', clientId: made, clientSecret: made }],
    diagnostics: [],
  });
  expect(productDeploymentSchema.parse(told)).toEqual(told);
  const [application] = told.applications;
  expect(application.clientId).not.toBe(application.clientSecret);

  const again = await (await send(lab, sandbox, 'PUT', 'chat', productText('', version))).json();
  expect(again).toEqual(told);
  expect(await listed(lab, sandbox)).toEqual([
    { ...told, applications: [{ ...application, clientSecret: null }] },
  ]);
});

test('keys of the file are taken; its secret goes into no answer and no event, a made one into no list', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const secret = randomUUID();
  const text = productText(`, client-id: my-id, client-secret: ${secret}`);
  const told = await (await send(lab, sandbox, 'PUT', 'chat', text)).text();
  expect(JSON.parse(told).applications).toMatchObject([{ clientId: 'my-id', clientSecret: null }]);
  const events = lab.directory.find(sandbox.organization)?.events.kept();
  expect(events).toMatchObject([
    { type: 'product-deployed', product: 'chat', version: '1.0.0', plans: ['free'] },
  ]);
  for (const text of [told, JSON.stringify(events), JSON.stringify(await listed(lab, sandbox))])
    expect(text).not.toContain(secret);
});

test('another sandbox gets other keys for the same file', async () => {
  const lab = testLab();
  const keys = async () => {
    const { applications } = await (
      await send(lab, await newSandbox(lab), 'PUT', 'chat', productText())
    ).json();
    return [applications[0].clientId, applications[0].clientSecret];
  };
  expect(new Set([...(await keys()), ...(await keys())]).size).toBe(4);
});

test('a product and its keys outlive a restart', async () => {
  const settings = { DATA_DIR: temporaryFolder() };
  const open = () => openLab(settings);
  const first = open();
  const sandbox = await newSandbox(first);
  const told = await (await send(first, sandbox, 'PUT', 'chat', productText())).json();
  await first.close();
  const second = open();
  expect(await listed(second, sandbox)).toMatchObject([
    { name: 'chat', applications: [{ clientId: told.applications[0].clientId }] },
  ]);
  expect((await (await send(second, sandbox, 'PUT', 'chat', productText())).json()).applications).toEqual(
    told.applications,
  );
  expect((await send(second, sandbox, 'DELETE', 'chat')).status).toBe(204);
  await second.close();
  expect(await listed(testLab(settings), sandbox)).toEqual([]);
});

test('a product with an error is 422 with its line, and what was deployed still is', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  await send(lab, sandbox, 'PUT', 'chat', productText('', '1.0.0'));
  const response = await send(
    lab,
    sandbox,
    'PUT',
    'chat',
    productText('', '2.0.0').replace('5/1minute', '5'),
  );
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    error: { code: 'product-invalid', message: expect.stringMatching(/^Line 6: /) },
    diagnostics: [{ severity: 'error', line: 6, column: expect.any(Number) }],
  });
  expect(await listed(lab, sandbox)).toMatchObject([{ version: '1.0.0' }]);
});

test('a product for an API that is not deployed is deployed with a warning', async () => {
  const lab = testLab();
  const { diagnostics } = await (await send(lab, await newSandbox(lab), 'PUT', 'chat', productText())).json();
  expect(diagnostics).toMatchObject([{ severity: 'warning', rule: 'product-api-unknown', line: 4 }]);
});

test('a product that is taken away is gone; taken away again it is 404', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  await send(lab, sandbox, 'PUT', 'chat', productText());
  expect((await send(lab, sandbox, 'DELETE', 'chat')).status).toBe(204);
  expect(await listed(lab, sandbox)).toEqual([]);
  expect((await problemOf(await send(lab, sandbox, 'DELETE', 'chat'))).code).toBe('product-unknown');
  const types = lab.directory
    .find(sandbox.organization)
    ?.events.kept()
    .map(({ type }) => type);
  expect(types).toEqual(['product-deployed', 'product-removed']);
});

test('products have the bounds of definitions: number, bytes, bytes together, deployments a minute', async () => {
  const lab = testLab({
    SANDBOX_MAX_APIS: '2',
    DEFINITION_MAX_BYTES: '2000',
    SANDBOX_MAX_DEFINITION_BYTES: '3000',
    DEPLOYMENTS_PER_MINUTE_PER_SANDBOX: '7',
  });
  const sandbox = await newSandbox(lab);
  const put = (name: string, bytes: number) => send(lab, sandbox, 'PUT', name, productText().padEnd(bytes));
  const code = async (answer: Response | Promise<Response>) => (await problemOf(await answer)).code;
  expect(await code(put('a', 2_001))).toBe('product-invalid');
  expect((await put('a', 1_600)).status).toBe(200);
  expect(await code(put('b', 1_600))).toBe('definitions-too-large');
  expect((await put('b', 1_000)).status).toBe(200);
  expect(await code(put('c', 400))).toBe('too-many-products');
  expect((await put('b', 1_000)).status).toBe(200);
  expect((await put('b', 1_000)).status).toBe(200);
  expect((await put('b', 1_000)).status).toBe(429);
});

test('nobody deploys a product without the token, to the demo, or under a name that is none', async () => {
  const lab = testLab();
  const sandbox = await newSandbox(lab);
  const without = { ...sandbox, bearer: { authorization: `Bearer ${randomUUID()}` } };
  expect((await send(lab, without, 'PUT', 'chat', productText())).status).toBe(401);
  expect(
    (await send(lab, { ...sandbox, path: '/api/sandboxes/demo' }, 'PUT', 'chat', productText())).status,
  ).toBe(401);
  expect((await send(lab, sandbox, 'PUT', '-chat', productText())).status).toBe(400);
});
