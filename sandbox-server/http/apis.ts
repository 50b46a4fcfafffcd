// `/api/sandboxes/{organization}/apis/{name}`: deploys an API definition, or takes one away.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { addressKey, clientAddress } from './address.ts';
import { authorized } from './authorization.ts';
import { bodyWithin } from './body-within.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';
import { json, problems } from './responses.ts';
import { apiParameters, deploymentSchema, refusedDeploymentSchema } from './sandbox-schemas.ts';
import { endpoints, type UrlBase } from './urls.ts';

export interface ApiRoutesParts {
  directory: SandboxDirectory;
  maxBytes: number;
  perAddress: RateLimit;
  perSandbox: RateLimit;
  trustProxy: boolean;
  baseOf(c: Context<LabEnvironment>): UrlBase;
}

const accepted = [
  'application/yaml',
  'text/yaml',
  'application/x-yaml',
  'text/x-yaml',
  'text/plain',
  'application/json',
];
/** Types with a structured suffix (RFC 6839, RFC 9512) say of themselves that they are YAML or JSON. */
const suffixed = /^[\w.-]+\/[\w.-]+\+(yaml|json)$/;
/** What counts as one deployment against the limits: compiling takes about 10 ms for so much. */
const BYTES_PER_DEPLOYMENT = 10_000;

/** JSON is an object to whoever reads the description; the server takes it as text, like YAML, since diagnostics need its lines. */
const described = accepted.map((type) => [
  type,
  { schema: type === 'application/json' ? z.looseObject({}) : z.string() },
]);

const deploy = createRoute({
  method: 'put',
  path: '/api/sandboxes/{organization}/apis/{name}',
  summary: 'Deploy an API definition',
  security: [{ token: [] }],
  request: { params: apiParameters },
  responses: {
    200: json(deploymentSchema, 'It serves now; the diagnostics are warnings.'),
    422: json(refusedDeploymentSchema, 'It has errors, and nothing has changed.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 429),
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/sandboxes/{organization}/apis/{name}',
  summary: 'Take an API away',
  security: [{ token: [] }],
  request: { params: apiParameters },
  responses: { 204: { description: 'It serves no more.' }, ...problems(400, 401, 403, 404) },
});

/** The body as text; one of no type is taken as YAML, which JSON is, too. Throws 415 for another type, 400 for bytes that are not UTF-8. */
async function definitionText(c: Context<LabEnvironment>): Promise<string> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && !accepted.includes(type) && !suffixed.test(type)) {
    const hint = `Send it with a Content-Type of ${accepted.join(', ')}.`;
    throw new Problem(415, 'content-type', 'An API definition is YAML or JSON.', hint);
  }
  const bytes = await c.req.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'not-utf-8', 'The definition is not UTF-8 text.', 'Save the file as UTF-8.');
  }
}

export function apiRoutes(parts: ApiRoutesParts) {
  const { directory, baseOf } = parts;
  const app = new OpenAPIHono<LabEnvironment>();
  const limit = bodyWithin(parts.maxBytes, 'definition-too-large', 'An API definition');

  // Described here and not in the route, where the library would parse it.
  const body = { required: true, content: Object.fromEntries(described) };
  app.openAPIRegistry.registerPath({ ...deploy, request: { ...deploy.request, body } });
  app.openapi({ ...deploy, hide: true, middleware: [authorized(directory), limit] }, async (c) => {
    const { name } = c.req.valid('param');
    const sandbox = c.get('sandbox');
    const base = baseOf(c);
    const text = await definitionText(c);
    const weight = Math.ceil(text.length / BYTES_PER_DEPLOYMENT);
    await parts.perSandbox.take(sandbox.name, weight);
    await parts.perAddress.take(addressKey(clientAddress(c, parts.trustProxy)), weight);
    const { definition, diagnostics } = sandbox.deploy(name, text, (deployed) =>
      endpoints(base, sandbox.name, deployed),
    );
    if (!definition) {
      const first = diagnostics.find(({ severity }) => severity === 'error');
      const message = first ? `Line ${first.line}: ${first.message}` : 'The definition is not valid.';
      const problem = new Problem(
        422,
        'definition-invalid',
        message,
        'Mend what the diagnostics say and deploy again.',
      );
      return c.json({ ...problem.body(), diagnostics }, 422);
    }
    const { version } = definition;
    return c.json({ name, version, endpoints: endpoints(base, sandbox.name, definition), diagnostics }, 200);
  });

  app.openapi({ ...remove, middleware: authorized(directory) }, (c) => {
    c.get('sandbox').remove(c.req.valid('param').name);
    return c.body(null, 204);
  });

  return app;
}
