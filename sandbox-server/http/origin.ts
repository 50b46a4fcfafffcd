// Keeps other web sites from using a reader's lab through the reader's browser: a foreign `Origin` is refused.
import type { Context, MiddlewareHandler } from 'hono';
import { pageHost } from './address.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';

export interface OriginOptions {
  trustProxy: boolean;
  /** The host name that the operator gave the lab: a proxy may have put another one into `Host`. */
  publicHost: string | undefined;
  /** Other origins that are welcome, e.g. `https://docs.example.org`. */
  allowed: readonly string[];
}

/** Browsers send `Origin` with WebSocket handshakes and with all but GET and HEAD (Fetch §3.2); other clients may leave it out. */
export function isForeign(c: Context<LabEnvironment>, options: OriginOptions): boolean {
  const origin = c.req.header('origin');
  if (origin === undefined || options.allowed.includes(origin)) return false;
  if (!URL.canParse(origin)) return true;
  const { host, hostname } = new URL(origin);
  // The scheme is left out: behind a proxy that ends TLS the lab sees http where the page has https.
  return host !== pageHost(c, options.trustProxy).host?.toLowerCase() && hostname !== options.publicHost;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** 403 for a request of another site that changes something or opens a WebSocket. */
export function ownOrigin(options: OriginOptions): MiddlewareHandler<LabEnvironment> {
  return async function ownOrigin(c, next) {
    // Such a run has been let in by name: see embedded-runs.ts.
    if (c.get('embedded')) return next();
    const matters = !safe.has(c.req.method) || c.req.header('upgrade') !== undefined;
    if (matters && isForeign(c, options)) {
      const hint =
        'Use the page of the lab itself; the operator can allow other origins with ALLOWED_ORIGINS.';
      throw new Problem(403, 'foreign-origin', 'This request comes from the page of another site.', hint);
    }
    await next();
  };
}
