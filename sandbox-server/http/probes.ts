// `POST /api/sandboxes/{organization}/probes`: runs a client against the learner's own endpoint, for what the page's browser cannot do itself.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { type ProbeAsk, type ProbeEndpoint, runProbe } from '../probe/probe.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { authorized } from './authorization.ts';
import { bodyWithin } from './body-within.ts';
import type { LabEnvironment } from './environment.ts';
import { probeRequestSchema, probeResultSchema } from './probe-schemas.ts';
import { Problem, tooMany } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';
import { json, problems } from './responses.ts';
import { organizationParameter } from './sandbox-schemas.ts';

export interface ProbeRoutesParts {
  directory: SandboxDirectory;
  perSandbox: RateLimit;
  /** Bytes of the body that asks for one. */
  maxBodyBytes: number;
  /** Probes of all sandboxes that may run at once. */
  atOnce: number;
  /** Milliseconds of one probe. */
  maxMs: number;
  /** The gateway's TLS listener. */
  endpoint(organization: string): ProbeEndpoint;
}

/** Milliseconds that a client waits for the answer to a message. */
const REPLY_MS = 1_000;

const probe = createRoute({
  method: 'post',
  path: '/api/sandboxes/{organization}/probes',
  summary: 'Run a client against an endpoint of the sandbox',
  description:
    'The client runs on the server, over TLS, and reaches this gateway only. It answers when the client has ended.',
  security: [{ token: [] }],
  request: {
    params: organizationParameter,
    body: { required: true, content: { 'application/json': { schema: probeRequestSchema } } },
  },
  responses: {
    200: json(probeResultSchema, 'How it went.'),
    ...problems(400, 401, 403, 404, 413, 415, 429, 503),
  },
});

export function probeRoutes(parts: ProbeRoutesParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  const limit = bodyWithin(parts.maxBodyBytes, 'body-too-large', 'The body of a probe');
  let running = 0;

  app.openapi({ ...probe, middleware: [authorized(parts.directory), limit] }, async (c) => {
    const { name, catalog } = c.get('sandbox');
    const { messages, headers, path, ...asked } = c.req.valid('json');
    await parts.perSandbox.take(name);
    if (running >= parts.atOnce)
      throw tooMany('probes-busy', 'More clients run than the lab has room for.', 2);
    const ask: ProbeAsk = {
      ...asked,
      target: targetOf(`/${name}/${catalog}`, path),
      headers: Object.entries(headers),
      messages: messages.map((message) =>
        'text' in message ? { text: message.text.repeat(message.repeat) } : message,
      ),
      replyMs: REPLY_MS,
    };
    running += 1;
    try {
      return c.json(await runProbe(ask, parts.endpoint(name), parts.maxMs), 200);
    } finally {
      running -= 1;
    }
  });

  return app;
}

/** Below the sandbox's own address, also after `..` has been resolved, as a client would. */
function targetOf(base: string, path: string): string {
  const url = new URL(`${base}${path}`, 'https://gateway');
  if (url.pathname === base || url.pathname.startsWith(`${base}/`)) return `${url.pathname}${url.search}`;
  throw new Problem(
    400,
    'path-outside',
    `path: ${JSON.stringify(path)} leads out of the sandbox.`,
    'Write the path as it follows the catalog, without "..".',
  );
}
