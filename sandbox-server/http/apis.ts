// `/api/sandboxes/{organization}/apis/{name}`: deploys an API definition, or takes one away.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { authorized } from './authorization.ts';
import { type DeploymentIntake, deploymentBody, refusedDeployment } from './deployment.ts';
import type { LabEnvironment } from './environment.ts';
import { json, problems } from './responses.ts';
import { deploymentSchema, nameParameters, refusedDeploymentSchema } from './sandbox-schemas.ts';
import { endpoints, type UrlBase } from './urls.ts';

export interface ApiRoutesParts {
  directory: SandboxDirectory;
  intake: DeploymentIntake;
  baseOf(c: Context<LabEnvironment>): UrlBase;
}

const deploy = createRoute({
  method: 'put',
  path: '/api/sandboxes/{organization}/apis/{name}',
  summary: 'Deploy an API definition',
  security: [{ token: [] }],
  request: { params: nameParameters },
  responses: {
    200: json(deploymentSchema, 'It serves now; the diagnostics are warnings.'),
    422: json(refusedDeploymentSchema, 'It has errors, and nothing has changed.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/sandboxes/{organization}/apis/{name}',
  summary: 'Take an API away',
  security: [{ token: [] }],
  request: { params: nameParameters },
  responses: { 204: { description: 'It serves no more.' }, ...problems(400, 401, 403, 404, 429, 503) },
});

export function apiRoutes(parts: ApiRoutesParts) {
  const { directory, intake, baseOf } = parts;
  const app = new OpenAPIHono<LabEnvironment>();
  const limit = intake.bodyLimit('An API definition');

  // Described here and not in the route, where the library would parse it.
  app.openAPIRegistry.registerPath({ ...deploy, request: { ...deploy.request, body: deploymentBody } });
  app.openapi({ ...deploy, hide: true, middleware: [authorized(directory), limit] }, async (c) => {
    const { name } = c.req.valid('param');
    const sandbox = c.get('sandbox');
    const base = baseOf(c);
    const text = await intake.take(c, 'An API definition');
    if (typeof text !== 'string') return c.json(refusedDeployment([text], 'definition'), 422);
    const { definition, diagnostics } = await sandbox.deploy(name, text, (deployed) =>
      endpoints(base, sandbox.name, deployed),
    );
    if (!definition) return c.json(refusedDeployment(diagnostics, 'definition'), 422);
    const { version } = definition;
    return c.json({ name, version, endpoints: endpoints(base, sandbox.name, definition), diagnostics }, 200);
  });

  app.openapi({ ...remove, middleware: authorized(directory) }, async (c) => {
    await c.get('sandbox').remove(c.req.valid('param').name);
    return c.body(null, 204);
  });

  return app;
}
