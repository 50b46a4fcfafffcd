// `/api/sandboxes/{organization}/servers/{port}`: deploys a WebSocket server of the learner's own behind the gateway, or takes it away.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { refusalDiagnostic } from '../backend/own-server/refusal-diagnostic.ts';
import type { ScriptError } from '../gatewayscript/types.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { authorized } from './authorization.ts';
import { bodyWithin } from './body-within.ts';
import type { DeploymentIntake } from './deployment.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';
import { json, problems } from './responses.ts';
import { organizationParameter, refusedDeploymentSchema, serverSchema } from './sandbox-schemas.ts';

export interface ServerRoutesParts {
  directory: SandboxDirectory;
  intake: Pick<DeploymentIntake, 'count' | 'text'>;
  maxBytes: number;
}

const TYPES = ['text/javascript', 'application/javascript', 'text/plain'];

const parameters = organizationParameter.extend({
  port: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .openapi({ param: { name: 'port', in: 'path' }, example: 8091 }),
});

const deploy = createRoute({
  method: 'put',
  path: '/api/sandboxes/{organization}/servers/{port}',
  summary: 'Deploy a WebSocket server',
  description:
    'JavaScript as for Node, with the package `ws`. A server that runs on that port is ended when the new one has started; its clients are told 1012. A target-url reaches it as `http://backend:<port>`.',
  security: [{ token: [] }],
  request: { params: parameters },
  responses: {
    200: json(serverSchema, 'It listens.'),
    422: json(refusedDeploymentSchema, 'It does not start, and nothing has changed.'),
    ...problems(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
});
const body = {
  required: true,
  content: Object.fromEntries(TYPES.map((type) => [type, { schema: z.string() }])),
};

const remove = createRoute({
  method: 'delete',
  path: '/api/sandboxes/{organization}/servers/{port}',
  summary: 'Stop a WebSocket server',
  description: 'Its clients are told 1001. Port 8091 has the uppercase server again.',
  security: [{ token: [] }],
  request: { params: parameters },
  responses: { 204: { description: 'It is stopped.' }, ...problems(400, 401, 403, 404, 429, 503) },
});

export function serverRoutes({ directory, intake, maxBytes }: ServerRoutesParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  const limit = bodyWithin(maxBytes, 'server-too-large', 'The script of a server');

  // Described here and not in the route, where the library would parse it.
  app.openAPIRegistry.registerPath({ ...deploy, request: { ...deploy.request, body } });
  app.openapi({ ...deploy, hide: true, middleware: [authorized(directory), limit] }, async (c) => {
    const { port } = c.req.valid('param');
    const script = await intake.text(c, 'The script of a server', { types: TYPES, are: 'JavaScript' });
    // Starting takes about the time of compiling a definition.
    await intake.count(c, script.length);
    const { servers } = c.get('sandbox');
    const refusal = await servers.deploy(port, script);
    const info = servers.list().find((server) => server.port === port);
    if (refusal || !info) return c.json(refused(refusal?.error ?? GONE), 422);
    return c.json(info, 200);
  });

  app.openapi({ ...remove, middleware: authorized(directory) }, async (c) => {
    await c.get('sandbox').servers.remove(c.req.valid('param').port);
    return c.body(null, 204);
  });

  return app;
}

const GONE: ScriptError = { name: 'Error', message: 'it was taken away meanwhile', line: null, column: null };

/** The body of a 422: the error in a sentence, and as a diagnostic at its place. */
function refused(error: ScriptError) {
  const diagnostic = refusalDiagnostic(error);
  const { message } = diagnostic;
  const sentence = error.line === null ? message : `Line ${error.line}: ${message}`;
  const hint = 'Mend what the diagnostic says and deploy again; what ran before runs on.';
  return { ...new Problem(422, 'server-refused', sentence, hint).body(), diagnostics: [diagnostic] };
}
