// Decides whether a URL is the reader's own endpoint: the only place that the terminal's programs go to, whatever the URL says.

/** The reader's endpoint, as it may be written. */
export interface OwnEndpoint {
  organization: string;
  catalog: string;
  /** Names under which this gateway is reached, as `URL.hostname` has them. */
  hostnames: ReadonlySet<string>;
  /** Port of the gateway's TLS listener. */
  port: number;
  /** How it is written first of all: `wss://localhost:9443/maple-heron/sandbox`. */
  wss: string;
}

export interface OwnTarget {
  /** For the TLS handshake. IPv6 stands in brackets. */
  hostname: string;
  /** For the `Host` header: with the port, where it is not the scheme's own. */
  host: string;
  /** Origin form with the query (RFC 9112 §3.2.1), dots resolved. */
  path: string;
  /** Value of `Authorization` for a user in the URL; `null` for none. */
  authorization: string | null;
}

export type Aimed = { target: OwnTarget } | { refused: string };

type Scheme = 'wss:' | 'https:';

/**
 * The target that a URL means. The path counts as it is after dots are resolved, since the programs resolve them before they ask
 * (RFC 3986 §5.2.4). The connection itself goes to the gateway's listener in any case; nothing of the URL decides where.
 */
export function aimAt(text: string, scheme: Scheme, own: OwnEndpoint): Aimed {
  const base = scheme === 'wss:' ? own.wss : own.wss.replace(/^wss:/, 'https:');
  const instead = `Write ${base}/… with the path of your API.`;
  const refuse = (why: string): Aimed => ({
    refused: `This terminal reaches your own endpoint only. ${why} ${instead}`,
  });

  // What a URL parser would quietly leave out or turn is no URL that a program was given on purpose.
  if (/[^!-~]|\\/.test(text))
    return refuse('The URL has a space, a backslash or another sign that a URL cannot have.');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return refuse(`${JSON.stringify(text)} is no whole URL.`);
  if (url.protocol !== scheme)
    return refuse(`The gateway’s port speaks TLS, so the URL begins with ${scheme}//.`);
  if (!own.hostnames.has(url.hostname)) return refuse(`${url.hostname} is another host.`);
  // Both schemes have the port 443, which a URL leaves out.
  const port = url.port || '443';
  if (port !== String(own.port)) return refuse(`Your gateway has port ${own.port}, not ${port}.`);
  const [, organization = '', catalog = ''] = url.pathname.split('/');
  if (organization !== own.organization)
    return refuse(
      `${organization === '' ? 'The URL names no organization' : `${organization} is another organization`}.`,
    );
  if (catalog !== own.catalog) return refuse(`Your organization has the catalog ${own.catalog} only.`);
  return {
    target: {
      hostname: url.hostname,
      host: url.host,
      path: `${url.pathname}${url.search}`,
      authorization: basicAuthorization(url),
    },
  };
}

/** RFC 7617 §2. */
function basicAuthorization({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const pair = [username, password].map(decoded).join(':');
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
