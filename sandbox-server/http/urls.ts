// The URLs that a reader connects to, by the names under which the reader reached the lab.
import type { ApiDefinition } from '../gateway/types.ts';
import { CATALOG } from '../sandboxes/sandbox.ts';

export interface UrlBase {
  /** Host name of the URLs, IPv6 in brackets, without a port. */
  hostname: string;
  /** Port of the page as the client sees it; '' for the scheme's own. */
  pagePort: string;
  gatewayPort: number;
  /** Whether the page came by https; then browsers refuse `ws:` (mixed content). */
  secure: boolean;
}

/** Where a request's URLs start. A Host header that is no host is not repeated: `localhost` stands for it. */
export function urlBase(options: {
  host: string | undefined;
  secure: boolean;
  publicHost: string | undefined;
  pagePort: number;
  gatewayPort: number;
}): UrlBase {
  const { host, secure, publicHost, gatewayPort } = options;
  const given = host !== undefined && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
  // Only what is nothing but a host and a port: no user, path or query smuggled into what the page shows.
  const asked = given && given.href === `http://${given.host}/` ? given : undefined;
  return {
    hostname: publicHost ?? asked?.hostname ?? 'localhost',
    pagePort: asked ? asked.port : String(options.pagePort),
    gatewayPort,
    secure,
  };
}

/** Where the APIs of an organization are: over TLS at the gateway's own port, and through the page's port for browsers. */
export function gatewayUrls(base: UrlBase, organization: string): { wss: string; ws: string } {
  const page = base.pagePort === '' ? base.hostname : `${base.hostname}:${base.pagePort}`;
  return {
    wss: `wss://${base.hostname}:${base.gatewayPort}/${organization}/${CATALOG}`,
    ws: `${base.secure ? 'wss' : 'ws'}://${page}/gateway/${organization}/${CATALOG}`,
  };
}

/**
 * The URLs of a definition's GET operations, both ways in for each; only GET can become a WebSocket (RFC 6455 §4.1). None without `wss` among the schemes:
 * the gateway offers such an API to no WebSocket client.
 */
export function endpoints(base: UrlBase, organization: string, definition: ApiDefinition): string[] {
  if (!definition.schemes.includes('wss')) return [];
  const { wss, ws } = gatewayUrls(base, organization);
  return definition.operations
    .filter(({ method }) => method === 'get')
    .map(({ path }) => definition.basePath + (path === '/' ? '' : path))
    .flatMap((path) => [wss + path, ws + path]);
}
