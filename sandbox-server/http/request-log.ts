// One line of the operator's log for each request: what was asked, how it ended, how long it took. No query, token or script.
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import { clientAddress } from './address.ts';
import type { LabEnvironment } from './environment.ts';

/** Probes and files are told at `debug`, as they come all the time; what failed in the lab itself at `error`. */
function levelOf(path: string, status: number): 'debug' | 'info' | 'error' {
  if (status >= 500 && status !== 503) return 'error';
  return path.startsWith('/api/') ? 'info' : 'debug';
}

export function requestLog(log: Logger, trustProxy: boolean): MiddlewareHandler<LabEnvironment> {
  return async function requestLog(c, next) {
    const start = performance.now();
    await next();
    const { method, path } = c.req;
    const durationMs = Math.round((performance.now() - start) * 10) / 10;
    const { status } = c.res;
    log[levelOf(path, status)](
      { method, path, status, durationMs, remote: clientAddress(c, trustProxy) },
      'request',
    );
  };
}
