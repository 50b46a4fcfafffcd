// Where the page's own client connects: the gateway behind the page's own origin, since browsers refuse a self-signed certificate.

/** `ws(s)://<page host>/gateway/<organization>/sandbox<path>`. */
export function endpointOf(pageOrigin: string, organization: string, path: string): string {
  return `${pageOrigin.replace(/^http/, 'ws')}/gateway/${organization}/sandbox${path}`;
}

/** The path of such a URL as the gateway sees it, with its query; `null` for a URL that leads elsewhere. */
export function gatewayPath(pageOrigin: string, url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { host, pathname, search } = new URL(url);
  if (host !== new URL(pageOrigin).host || !pathname.startsWith('/gateway/')) return null;
  return pathname.slice('/gateway'.length) + search;
}

/** Why this can be no WebSocket URL (RFC 6455, section 3); `null` when it can. */
export function urlProblem(url: string): string | null {
  const { protocol, hash } = URL.canParse(url) ? new URL(url) : { protocol: '', hash: '' };
  if (protocol !== 'ws:' && protocol !== 'wss:')
    return 'This is no WebSocket URL: one starts with ws:// or wss://, then come a host and a path.';
  return hash ? `A WebSocket URL has no fragment: leave out ${hash}.` : null;
}
