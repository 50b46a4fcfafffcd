// Where every error becomes an answer: code, sentence and hint for the reader, the cause for the operator's log, a stack for nobody.
import { z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ServerUnknown, TooManyServers } from '../backend/own-server/own-servers.ts';
import { ServersFull, ServersStopped } from '../backend/own-server/pool.ts';
import { LabTooSlow } from '../checkpoints/pace.ts';
import { CompilerBusy } from '../gateway/compiler/compiler.ts';
import { EngineBusy } from '../gatewayscript/types.ts';
import {
  ApiUnknown,
  BasePathTaken,
  DefinitionsTooLarge,
  ProductUnknown,
  SandboxesFull,
  SandboxGone,
  StillCompiling,
  TooManyApis,
  TooManyProducts,
  TooManyWatchers,
} from '../sandboxes/errors.ts';

export const problemSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ description: 'Stable, kebab-case.', example: 'script-too-large' }),
      message: z.string().openapi({ description: 'What is wrong, in one sentence, with the place.' }),
      hint: z.string().openapi({ description: 'What to do about it.' }),
    }),
  })
  .openapi('Problem');

export type ProblemBody = z.infer<typeof problemSchema>;

/** An error that the client is told. `headers` go out with it, e.g. `Retry-After`. */
export class Problem extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly hint: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    hint: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.headers = headers;
  }

  body(): ProblemBody {
    return { error: { code: this.code, message: this.message, hint: this.hint } };
  }
}

/** 429 with `Retry-After` (RFC 6585 §4, RFC 9110 §10.2.3), in whole seconds and at least 1. */
export function tooMany(code: string, message: string, seconds: number): Problem {
  const wait = Math.max(1, Math.ceil(seconds));
  const hint = `Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`;
  return new Problem(429, code, message, hint, { 'Retry-After': String(wait) });
}

/** 404 for a sandbox that is not there, or not any more. */
export function sandboxUnknown(message: string): Problem {
  const hint = 'Sandboxes are forgotten some time after their last use; POST /api/sandboxes makes a new one.';
  return new Problem(404, 'sandbox-unknown', message, hint);
}

/** What `@hono/zod-openapi` throws before a handler is reached: no JSON where JSON is asked for, or broken JSON. */
function problemOfHono(error: HTTPException): Problem {
  if (error.status === 415) {
    return new Problem(
      415,
      'content-type',
      'The body is not JSON.',
      'Send it with Content-Type: application/json.',
    );
  }
  return new Problem(
    400,
    'malformed-json',
    'The body cannot be parsed as JSON.',
    'Check it with a JSON parser.',
  );
}

/** The answer to an error; `null` for one that nobody foresaw. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) return problemOfHono(error);
  if (error instanceof EngineBusy) {
    return tooMany('engine-busy', 'More scripts wait than the lab can run soon.', error.retryAfterSeconds);
  }
  if (error instanceof CompilerBusy) {
    const message = 'More definitions wait than the lab can compile soon.';
    return tooMany('compiler-busy', message, error.retryAfterSeconds);
  }
  if (error instanceof SandboxGone) return sandboxUnknown(error.message);
  if (!(error instanceof Error)) return null;
  const { message } = error;
  if (error instanceof SandboxesFull) {
    const hint =
      'Sandboxes that nobody uses are forgotten after a while; the operator can raise SANDBOX_MAX.';
    return new Problem(503, 'lab-full', message, hint, { 'Retry-After': '600' });
  }
  if (error instanceof StillCompiling)
    return new Problem(503, 'still-compiling', message, 'Try again in 5 seconds.', { 'Retry-After': '5' });
  if (error instanceof ApiUnknown) {
    return new Problem(404, 'api-unknown', message, 'GET the sandbox to see what is deployed.');
  }
  if (error instanceof ProductUnknown) {
    return new Problem(404, 'product-unknown', message, 'GET the sandbox to see what is deployed.');
  }
  if (error instanceof TooManyProducts) {
    const hint = 'Delete one first, or deploy under a name that is there.';
    return new Problem(409, 'too-many-products', message, hint);
  }
  if (error instanceof ServerUnknown) {
    return new Problem(404, 'server-unknown', message, 'GET the sandbox to see what is deployed.');
  }
  if (error instanceof TooManyServers) {
    return new Problem(409, 'too-many-servers', message, 'Delete one first, or deploy to its port.');
  }
  if (error instanceof ServersFull) {
    const hint = 'Try again when somebody has left; the operator can raise SERVERS_MAX.';
    return new Problem(503, 'servers-full', message, hint, { 'Retry-After': '60' });
  }
  if (error instanceof ServersStopped) {
    const hint = 'Try again when it is there again.';
    return new Problem(503, 'lab-stops', message, hint, { 'Retry-After': '5' });
  }
  if (error instanceof LabTooSlow) {
    const hint = 'Your files are as good as they were. Try again in 5 seconds.';
    return new Problem(503, 'lab-busy', message, hint, { 'Retry-After': '5' });
  }
  if (error instanceof BasePathTaken) {
    return new Problem(
      409,
      'base-path-taken',
      message,
      'Use another basePath, or delete the other API first.',
    );
  }
  if (error instanceof TooManyApis) {
    return new Problem(
      409,
      'too-many-apis',
      message,
      'Delete one first, or deploy under a name that is there.',
    );
  }
  if (error instanceof DefinitionsTooLarge) {
    return new Problem(413, 'definitions-too-large', message, 'Delete one that you no longer need.');
  }
  if (error instanceof TooManyWatchers) {
    return new Problem(429, 'too-many-watchers', message, 'Close another tab of the page.', {
      'Retry-After': '5',
    });
  }
  return null;
}

/** For what nobody foresaw: the log has the cause. */
export const unforeseen = new Problem(
  500,
  'internal-error',
  'The lab made a mistake of its own.',
  'Try again; if it stays, tell the operator, whose log has the cause.',
);
