// `/api/checkpoints`: checks what a reader's files do, or what happened in the reader's own sandbox.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Checkpoint } from '../checkpoints/checkpoint.ts';
import { CHECKPOINTS } from '../checkpoints/checkpoints.ts';
import type { Examiner } from '../checkpoints/examine.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { addressKey, clientAddress } from './address.ts';
import { authorized } from './authorization.ts';
import { bodyWithin } from './body-within.ts';
import { createCheckTurns } from './check-turns.ts';
import {
  checkpointListSchema,
  checkRequestSchema,
  stepParameters,
  verdictSchema,
} from './checkpoint-schemas.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';
import { json, problems } from './responses.ts';
import { organizationParameter } from './sandbox-schemas.ts';

export interface CheckpointRoutesParts {
  examiner: Examiner;
  directory: SandboxDirectory;
  trustProxy: boolean;
  perAddress: RateLimit;
  perSandbox: RateLimit;
  maxBodyBytes: number;
  /** Checks that run at once, of all readers. */
  atOnce: number;
  /** Checks that may wait for their turn; one address has three quarters of the places. */
  waiting: number;
}

const list = createRoute({
  method: 'get',
  path: '/api/checkpoints',
  summary: 'All checkpoints',
  responses: { 200: json(checkpointListSchema, 'Their steps, in order, and what each needs.') },
});

const checkFiles = createRoute({
  method: 'post',
  path: '/api/checkpoints/{step}',
  summary: 'Check files',
  description:
    'Deploys the files in an organization that lives for this check, and connects to it with random keys and texts. No token is needed.',
  request: {
    params: stepParameters,
    body: { required: true, content: { 'application/json': { schema: checkRequestSchema } } },
  },
  responses: {
    200: json(verdictSchema, 'What was tried, and how it went.'),
    ...problems(400, 403, 404, 413, 415, 429, 503),
  },
});

const checkSandbox = createRoute({
  method: 'post',
  path: '/api/sandboxes/{organization}/checkpoints/{step}',
  summary: 'Check a sandbox',
  description: 'Looks at what is deployed in the sandbox, and at what its clients did.',
  security: [{ token: [] }],
  request: { params: organizationParameter.extend(stepParameters.shape) },
  responses: {
    200: json(verdictSchema, 'What was looked at, and how it stands.'),
    ...problems(400, 401, 403, 404, 429, 503),
  },
});

export function checkpointRoutes(parts: CheckpointRoutesParts) {
  const { examiner, directory } = parts;
  const app = new OpenAPIHono<LabEnvironment>();
  const limit = bodyWithin(parts.maxBodyBytes, 'body-too-large', 'The body of a check');
  const turns = createCheckTurns(parts);
  const addressOf = (c: Context<LabEnvironment>) => addressKey(clientAddress(c, parts.trustProxy));

  app.openapi(list, (c) =>
    c.json(
      {
        checkpoints: [...CHECKPOINTS.values()].map((checkpoint) => ({
          step: checkpoint.step,
          kind: checkpoint.kind,
          files: checkpoint.kind === 'trial' ? Object.keys(checkpoint.files) : [],
        })),
      },
      200,
    ),
  );

  app.openapi({ ...checkFiles, middleware: limit }, async (c) => {
    const checkpoint = checkpointOf(c.req.valid('param').step);
    if (checkpoint.kind === 'live') throw otherKind(checkpoint);
    const { files } = c.req.valid('json');
    const texts = new Map(Object.entries(files));
    for (const file of Object.keys(checkpoint.files)) {
      if (texts.has(file)) continue;
      const wanted = Object.keys(checkpoint.files).join(', ');
      throw new Problem(
        400,
        'file-missing',
        `files: ${file} is missing.`,
        `This checkpoint takes ${wanted}.`,
      );
    }
    const address = addressOf(c);
    await parts.perAddress.take(address);
    const verdict = await turns.take(address, c.req.raw.signal, () =>
      examiner.examineFiles(checkpoint, texts),
    );
    return c.json({ step: checkpoint.step, ...verdict }, 200);
  });

  app.openapi({ ...checkSandbox, middleware: authorized(directory) }, async (c) => {
    const checkpoint = checkpointOf(c.req.valid('param').step);
    if (checkpoint.kind === 'trial') throw otherKind(checkpoint);
    const sandbox = c.get('sandbox');
    await parts.perSandbox.take(sandbox.name);
    const verdict = await turns.take(addressOf(c), c.req.raw.signal, () =>
      examiner.examineSandbox(checkpoint, sandbox),
    );
    return c.json({ step: checkpoint.step, ...verdict }, 200);
  });

  return app;
}

function checkpointOf(step: string): Checkpoint {
  const checkpoint = CHECKPOINTS.get(step);
  if (checkpoint) return checkpoint;
  throw new Problem(
    404,
    'checkpoint-unknown',
    `There is no checkpoint "${step}".`,
    'GET /api/checkpoints lists them.',
  );
}

function otherKind({ step, kind }: Checkpoint): Problem {
  const hint =
    kind === 'live'
      ? 'POST /api/sandboxes/{organization}/checkpoints/{step} checks it, with the token of the sandbox.'
      : 'POST /api/checkpoints/{step} checks it, with the files.';
  const message = `${step} looks at ${kind === 'live' ? 'a sandbox' : 'files'}.`;
  return new Problem(404, 'checkpoint-kind', message, hint);
}
