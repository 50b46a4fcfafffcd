// Lets the pages of other sites run scripts, where the operator wants that: what `<gatewayscript-sandbox>` asks for, and nothing else.
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { LabEnvironment } from './environment.ts';
import { isForeign, type OriginOptions } from './origin.ts';

/** Seconds that a browser may remember the leave, so that the operator's change of mind soon counts. */
const REMEMBERED_SECONDS = 600;

/**
 * For `/api/runs`, before all that refuses other sites. A page of a listed origin (`*`: of any) gets leave (Fetch §3.3) to send a script as
 * JSON: no token, no cookies, no other path. What it learns is what its own script did; it reaches no sandbox, no server and no setting.
 * A request with a token is not let through here, so whoever got hold of one cannot use it from elsewhere.
 */
export function embeddedRuns(
  options: OriginOptions & { embed: readonly string[] },
): MiddlewareHandler<LabEnvironment> {
  const anybody = options.embed.includes('*');
  const leave = cors({
    origin: (origin) => origin,
    allowMethods: ['POST'],
    allowHeaders: ['Content-Type'],
    exposeHeaders: ['Retry-After'],
    maxAge: REMEMBERED_SECONDS,
  });
  return async function embeddedRuns(c, next) {
    const origin = c.req.header('origin');
    const listed = origin !== undefined && (anybody || options.embed.includes(origin));
    if (!listed || !isForeign(c, options) || c.req.header('authorization') !== undefined) return next();
    c.set('embedded', true);
    return leave(c, next);
  };
}
