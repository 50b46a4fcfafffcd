// `/api/sandboxes/{organization}/settings`: how the sandbox's gateway is switched.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { gatewaySettings } from '../gateway/settings.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { authorized } from './authorization.ts';
import { bodyWithin } from './body-within.ts';
import type { DeploymentIntake } from './deployment.ts';
import type { LabEnvironment } from './environment.ts';
import { json, problems } from './responses.ts';
import { organizationParameter } from './sandbox-schemas.ts';

const read = createRoute({
  method: 'get',
  path: '/api/sandboxes/{organization}/settings',
  summary: "How the sandbox's gateway is switched",
  security: [{ token: [] }],
  request: { params: organizationParameter },
  responses: { 200: json(gatewaySettings, 'The switches.'), ...problems(401, 404, 429, 503) },
});

const change = createRoute({
  method: 'put',
  path: '/api/sandboxes/{organization}/settings',
  summary: "Switch the sandbox's gateway",
  description:
    'A switch that is left out goes to its default. New handshakes meet the change; open connections stay as they are. It counts as a deployment.',
  security: [{ token: [] }],
  request: {
    params: organizationParameter,
    body: { required: true, content: { 'application/json': { schema: gatewaySettings } } },
  },
  responses: {
    200: json(gatewaySettings, 'The switches as they are now.'),
    ...problems(400, 401, 403, 404, 413, 415, 429, 503),
  },
});

export interface SettingsRoutesParts {
  directory: SandboxDirectory;
  intake: Pick<DeploymentIntake, 'count'>;
  maxBytes: number;
}

export function settingsRoutes({ directory, intake, maxBytes }: SettingsRoutesParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  app.openapi({ ...read, middleware: authorized(directory) }, (c) => c.json(c.get('sandbox').settings, 200));
  const limit = bodyWithin(maxBytes, 'settings-too-large', 'The settings');
  app.openapi({ ...change, middleware: [authorized(directory), limit] }, async (c) => {
    const sandbox = c.get('sandbox');
    await intake.count(c, 1);
    sandbox.switchTo(c.req.valid('json'));
    return c.json(sandbox.settings, 200);
  });
  return app;
}
