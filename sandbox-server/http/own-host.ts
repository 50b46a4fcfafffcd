// Keeps another site from becoming the lab's by name: a lab that only this machine reaches answers to this machine's names alone.
import type { MiddlewareHandler } from 'hono';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';

export interface OwnHostOptions {
  /** Interface of the listener. */
  host: string;
  /** A proxy in front then decides on names. */
  trustProxy: boolean;
  publicHost: string | undefined;
}

const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

const named = (host: string) => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '');

/**
 * 421 (RFC 9110 §15.5.20) for a `Host` that is no name of a lab bound to loopback: a site whose name leads to 127.0.0.1 ("DNS rebinding")
 * would be the same origin to the reader's browser.
 */
export function ownHost({ host, trustProxy, publicHost }: OwnHostOptions): MiddlewareHandler<LabEnvironment> {
  const local = loopback.test(host) || host === '::1';
  return async function ownHost(c, next) {
    const asked = c.req.header('host');
    if (local && !trustProxy && asked !== undefined) {
      const name = named(asked);
      if (!loopback.test(name) && name !== publicHost?.toLowerCase()) {
        const hint =
          'Use http://localhost with the port; the operator can name another host with PUBLIC_HOST.';
        throw new Problem(421, 'foreign-host', 'This lab does not answer to that name.', hint);
      }
    }
    await next();
  };
}
