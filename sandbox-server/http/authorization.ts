// Who may look into a sandbox and change it: whoever has its token (RFC 6750 §2.1).
import type { Context, MiddlewareHandler } from 'hono';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem, sandboxUnknown } from './problem.ts';

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(c: Context<LabEnvironment>): string | undefined {
  return /^Bearer +([\w.~+/-]+=*) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
}

/** Subprotocols that a WebSocket offers: a browser can put the token nowhere else. */
function offeredProtocols(c: Context<LabEnvironment>): string[] {
  const offered = c.req.header('sec-websocket-protocol') ?? '';
  return offered
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== '');
}

function refusal(): Problem {
  const hint = 'Send Authorization: Bearer with the token that POST /api/sandboxes gave for this sandbox.';
  return new Problem(401, 'unauthorized', 'This needs the token of the sandbox.', hint, {
    'WWW-Authenticate': 'Bearer',
  });
}

/**
 * Opens `:organization` for the token of the request, from the header, or from the subprotocols where `subprotocols` is set.
 * 404 for an unknown organization, 401 without its token; `demo` has none, so nobody gets in.
 * The first request after a restart waits until what is deployed there is compiled.
 */
export function authorized(
  directory: SandboxDirectory,
  options: { subprotocols: boolean } = { subprotocols: false },
): MiddlewareHandler<LabEnvironment> {
  return async function authorized(c, next) {
    const organization = c.req.param('organization') ?? '';
    const bearer = bearerToken(c);
    const tokens = [...(bearer ? [bearer] : []), ...(options.subprotocols ? offeredProtocols(c) : [])];
    const answers = ['', ...tokens].map((token) => directory.authorize(organization, token));
    const sandbox = answers.includes('allowed') ? directory.find(organization) : undefined;
    if (answers.includes('unknown')) throw sandboxUnknown(`There is no sandbox "${organization}".`);
    if (!sandbox) throw refusal();
    sandbox.touch();
    await sandbox.ready();
    c.set('sandbox', sandbox);
    await next();
  };
}
