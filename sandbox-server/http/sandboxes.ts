// `/api/sandboxes`: a learner gets an organization of their own, and sees what is deployed in it.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import type { DeployedApi } from '../sandboxes/sandbox.ts';
import { addressKey, clientAddress } from './address.ts';
import { authorized } from './authorization.ts';
import type { LabEnvironment } from './environment.ts';
import { productAnswer } from './product-answer.ts';
import type { RateLimit } from './rate-limit.ts';
import { json, problems } from './responses.ts';
import { newSandboxSchema, organizationParameter, sandboxSchema } from './sandbox-schemas.ts';
import { endpoints, gatewayUrls, type UrlBase } from './urls.ts';

export interface SandboxRoutesParts {
  directory: SandboxDirectory;
  creations: RateLimit;
  trustProxy: boolean;
  baseOf(c: Context<LabEnvironment>): UrlBase;
}

const create = createRoute({
  method: 'post',
  path: '/api/sandboxes',
  summary: 'Make a sandbox',
  responses: { 201: json(newSandboxSchema, 'The sandbox, empty.'), ...problems(403, 429, 503) },
});

const read = createRoute({
  method: 'get',
  path: '/api/sandboxes/{organization}',
  summary: 'What is deployed',
  security: [{ token: [] }],
  request: { params: organizationParameter },
  responses: { 200: json(sandboxSchema, 'The sandbox.'), ...problems(401, 404, 429, 503) },
});

/** One API of the list. A stored definition that no longer compiles has no version, and its diagnostics say why. */
function apiOf(base: UrlBase, organization: string, { name, definition, diagnostics }: DeployedApi) {
  return {
    name,
    title: definition?.title ?? name,
    version: definition?.version ?? '',
    basePath: definition?.basePath ?? '',
    endpoints: definition ? endpoints(base, organization, definition) : [],
    diagnostics,
  };
}

export function sandboxRoutes(parts: SandboxRoutesParts) {
  const { directory, creations, trustProxy, baseOf } = parts;
  const app = new OpenAPIHono<LabEnvironment>();
  const iso = (at: number | undefined) => new Date(at ?? 0).toISOString();

  app.openapi(create, async (c) => {
    await creations.take(addressKey(clientAddress(c, trustProxy)));
    const { sandbox, token } = directory.create();
    const organization = sandbox.name;
    const expiresAt = iso(directory.times(organization)?.expiresAt);
    return c.json({ organization, token, gateway: gatewayUrls(baseOf(c), organization), expiresAt }, 201);
  });

  app.openapi({ ...read, middleware: authorized(directory) }, (c) => {
    const sandbox = c.get('sandbox');
    const organization = sandbox.name;
    const times = directory.times(organization);
    const base = baseOf(c);
    return c.json(
      {
        organization,
        gateway: gatewayUrls(base, organization),
        createdAt: iso(times?.createdAt),
        expiresAt: iso(times?.expiresAt),
        apis: sandbox.deployed().map((api) => apiOf(base, organization, api)),
        products: sandbox.products.deployed().map(({ name, product, diagnostics }) => ({
          ...productAnswer(name, product, { secrets: false }),
          diagnostics,
        })),
        servers: sandbox.servers.list(),
      },
      200,
    );
  });

  return app;
}
