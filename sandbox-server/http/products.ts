// `/api/sandboxes/{organization}/products/{name}`: deploys a product with its plans and applications, or takes one away.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { authorized } from './authorization.ts';
import { type DeploymentIntake, deploymentBody, refusedDeployment } from './deployment.ts';
import type { LabEnvironment } from './environment.ts';
import { productAnswer } from './product-answer.ts';
import { json, problems } from './responses.ts';
import { nameParameters, productDeploymentSchema, refusedDeploymentSchema } from './sandbox-schemas.ts';

export interface ProductRoutesParts {
  directory: SandboxDirectory;
  intake: DeploymentIntake;
}

const deploy = createRoute({
  method: 'put',
  path: '/api/sandboxes/{organization}/products/{name}',
  summary: 'Deploy a product',
  description:
    'Plans with rate limits, and the applications that subscribe to them (`x-lab-applications`). A client id or secret that the file does not give is made up and told here, the same each time.',
  security: [{ token: [] }],
  request: { params: nameParameters },
  responses: {
    200: json(productDeploymentSchema, 'Its plans count from now on; the diagnostics are no errors.'),
    422: json(refusedDeploymentSchema, 'It has errors, and nothing has changed.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/sandboxes/{organization}/products/{name}',
  summary: 'Take a product away',
  security: [{ token: [] }],
  request: { params: nameParameters },
  responses: {
    204: { description: 'Its client ids open nothing any more.' },
    ...problems(400, 401, 403, 404, 429, 503),
  },
});

export function productRoutes({ directory, intake }: ProductRoutesParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  const limit = intake.bodyLimit('A product file');

  // Described here and not in the route, where the library would parse it.
  app.openAPIRegistry.registerPath({ ...deploy, request: { ...deploy.request, body: deploymentBody } });
  app.openapi({ ...deploy, hide: true, middleware: [authorized(directory), limit] }, async (c) => {
    const { name } = c.req.valid('param');
    const text = await intake.take(c, 'A product file');
    if (typeof text !== 'string') return c.json(refusedDeployment([text], 'product'), 422);
    const { product, diagnostics } = await c.get('sandbox').products.deploy(name, text);
    if (!product) return c.json(refusedDeployment(diagnostics, 'product'), 422);
    return c.json({ ...productAnswer(name, product, { secrets: true }), diagnostics }, 200);
  });

  app.openapi({ ...remove, middleware: authorized(directory) }, async (c) => {
    await c.get('sandbox').products.remove(c.req.valid('param').name);
    return c.body(null, 204);
  });

  return app;
}
