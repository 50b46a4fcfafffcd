import { expect, test } from 'vitest';
import { z } from 'zod';
import { newSandbox, postJson, problemOf, testLab } from './testing.ts';

test('the description names every route of the interface, and its schemas resolve', async () => {
  const lab = testLab();
  const response = await lab.app.request('/openapi.json');
  expect(response.status).toBe(200);
  const text = await response.text();
  const document = z
    .object({
      openapi: z.string(),
      paths: z.record(z.string(), z.record(z.string(), z.unknown())),
      components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
    })
    .parse(JSON.parse(text));
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.sort()).toEqual([
    'DELETE /api/sandboxes/{organization}/apis/{name}',
    'DELETE /api/sandboxes/{organization}/products/{name}',
    'DELETE /api/sandboxes/{organization}/servers/{port}',
    'GET /api/checkpoints',
    'GET /api/sandboxes/{organization}',
    'GET /api/sandboxes/{organization}/events',
    'GET /api/sandboxes/{organization}/settings',
    'GET /api/sandboxes/{organization}/terminal',
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'POST /api/checkpoints/{step}',
    'POST /api/runs',
    'POST /api/sandboxes',
    'POST /api/sandboxes/{organization}/checkpoints/{step}',
    'POST /api/sandboxes/{organization}/probes',
    'PUT /api/sandboxes/{organization}/apis/{name}',
    'PUT /api/sandboxes/{organization}/products/{name}',
    'PUT /api/sandboxes/{organization}/servers/{port}',
    'PUT /api/sandboxes/{organization}/settings',
  ]);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
});

test('what is not there is a problem in JSON under /api, whatever the method', async () => {
  const lab = testLab();
  for (const [method, path] of [
    ['GET', '/api'],
    ['GET', '/api/runs'],
    ['PATCH', '/api/sandboxes'],
    ['POST', '/openapi.json'],
  ] as const) {
    const response = await lab.app.request(path, { method });
    expect([path, response.status]).toEqual([path, 404]);
    expect((await problemOf(response)).message).toContain(path);
  }
});

test('an error that nobody foresaw tells the client nothing of its cause', async () => {
  const lab = testLab();
  const { bearer, path } = await newSandbox(lab);
  lab.directory.times = () => {
    throw new Error('secret cause');
  };
  const response = await lab.app.request(path, { headers: bearer });
  expect(response.status).toBe(500);
  expect(JSON.stringify(await problemOf(response))).not.toContain('secret');
});

test('the probes: alive from the start, ready only when the listeners are', async () => {
  const lab = testLab();
  expect((await lab.app.request('/healthz')).status).toBe(200);
  expect((await lab.app.request('/readyz')).status).toBe(503);
  lab.listeners.ready = true;
  expect((await lab.app.request('/readyz')).status).toBe(200);
});

test('the metrics count what happened', async () => {
  const lab = testLab();
  await newSandbox(lab);
  await postJson(lab, '/api/runs', { script: 'nonsense(' });
  const text = await (await lab.app.request('/metrics')).text();
  expect(text).toContain('\nlab_script_runs_total{outcome="syntax-error"} 1\n');
  expect(text).toMatch(/^lab_sandboxes 1$/m);
});

test('every answer has the headers that keep browsers from guessing', async () => {
  const lab = testLab();
  for (const path of ['/', '/api/nothing', '/healthz']) {
    const { headers } = await lab.app.request(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('strict-transport-security')).toBeNull();
  }
});
