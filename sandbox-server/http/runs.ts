// `POST /api/runs`: runs a script against a message, and tells what the gateway would make of it.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { newTransactionId } from '../gateway/handshake/transaction-id.ts';
import type { GatewayLimits } from '../gateway/limits.ts';
import type { Engine } from '../gatewayscript/types.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { addressKey, clientAddress } from './address.ts';
import { bearerToken } from './authorization.ts';
import { bodyWithin } from './body-within.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';
import { json, problems } from './responses.ts';
import { runAnswer } from './run-answer.ts';
import { runMessage, runRequest, runRequestSchema } from './run-request.ts';
import { runResultSchema } from './run-result.ts';
import { runTargets } from './run-targets.ts';
import { runVariables } from './run-variables.ts';

export interface RunRoutesParts {
  engine: Pick<Engine, 'run'>;
  directory: Pick<SandboxDirectory, 'ownerOf' | 'find' | 'permanent'>;
  trustProxy: boolean;
  perAddress: RateLimit;
  /** For runs that pages of other sites ask for, per address too: they may use up their own share only. */
  embedded: RateLimit;
  perSandbox: RateLimit;
  maxScriptBytes: number;
  maxBodyBytes: number;
  /** For what a script asks of the servers of its sandbox. */
  limits: Pick<GatewayLimits, 'HEAD_MAX_BYTES' | 'BODY_MAX_BYTES'>;
}

const run = createRoute({
  method: 'post',
  path: '/api/runs',
  summary: 'Run a script',
  description:
    'Without a token anybody may; with the token of a sandbox a newer run takes the place of an older one that still runs. Pages of other sites may, without a token, where EMBED_ORIGINS lists them.',
  security: [{}, { token: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: runRequestSchema } } } },
  responses: { 200: json(runResultSchema, 'How it went.'), ...problems(400, 403, 413, 415, 429) },
});

export function runRoutes(parts: RunRoutesParts) {
  const { engine, directory, maxScriptBytes } = parts;
  const app = new OpenAPIHono<LabEnvironment>();
  const limit = bodyWithin(parts.maxBodyBytes, 'body-too-large', 'The body of a run');

  app.openapi({ ...run, middleware: limit }, async (c) => {
    const client = clientAddress(c, parts.trustProxy);
    const key = addressKey(client);
    const embedded = c.get('embedded') ?? false;
    if (embedded) await parts.embedded.take(key);
    await parts.perAddress.take(key);
    const token = bearerToken(c);
    // A token of a sandbox that is forgotten by now is no reason to refuse what needs no token.
    const learner = token === undefined ? undefined : directory.ownerOf(token);
    if (learner !== undefined) await parts.perSandbox.take(learner);
    const own = learner === undefined ? undefined : directory.find(learner);
    const organization = own ?? directory.permanent;
    organization.touch();

    const asked = c.req.valid('json');
    const bytes = Buffer.byteLength(asked.script);
    if (bytes > maxScriptBytes) {
      const message = `script: ${bytes} bytes, and ${maxScriptBytes} are the most.`;
      throw new Problem(
        413,
        'script-too-large',
        message,
        'Split it, or take out what the run does not need.',
      );
    }
    const request = runRequest(asked.request);
    const transactionId = newTransactionId();
    const result = await engine.run({
      script: asked.script,
      request,
      message: runMessage(request, asked.request?.parsed ?? false),
      variables: runVariables(organization, request, asked.properties, transactionId, asked.variables),
      openTarget: runTargets(asked.urlopen, own && { network: own.network, limits: parts.limits }),
      source: learner ?? `${embedded ? 'embedded' : 'address'} ${key}`,
      ...(learner === undefined ? {} : { learner }),
    });
    // An IPv4 address on a port for both comes as `::ffff:127.0.0.1`. A reader's address is nothing to tell another site.
    const origin = { transactionId, client: embedded ? '127.0.0.1' : client.replace(/^::ffff:/, '') };
    return c.json(runAnswer(request, result, asked.properties, origin), 200);
  });

  return app;
}
