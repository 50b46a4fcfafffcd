// A refused handshake of which the gateway's log tells the page nothing: what the page knows all the same, and what to do.
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';
import type { Standing } from '../sandbox/standing.ts';
import { gatewayPath } from './endpoint.ts';

/** Asks the server about the sandbox, where the URL leads into it. `own` is `null` for a reader, or a client, without one. */
export async function unexplained(
  url: string,
  pageOrigin: string,
  own: SandboxRecord | null,
  ask: (sandbox: SandboxRecord) => Promise<Standing> = askServer,
): Promise<string> {
  const path = gatewayPath(pageOrigin, url);
  if (path === null) return elsewhere(new URL(url), new URL(pageOrigin));
  if (own && path.startsWith(`/${own.organization}/`)) {
    const standing = await ask(own);
    if (standing === 'forgotten') return 'Your organization was forgotten: deploy again, then connect.';
    if (standing === 'away')
      return 'The lab’s server does not answer. Start the lab with npm start, or wait a moment, and connect again.';
  }
  return 'The handshake failed, and a browser does not say why. Try websocat in your terminal: it tells more.';
}

function elsewhere({ protocol, host }: URL, page: URL): string {
  const here = `Through this page’s gateway the URL starts with ${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/gateway/.`;
  return protocol === 'wss:'
    ? `The handshake with ${host} failed. A browser refuses a self-signed certificate, such as the gateway’s, and does not say so. ${here}`
    : `The handshake with ${host} failed, and a browser does not say why: that server is not this page’s gateway. ${here}`;
}

/** The question is fetched when it is asked; where it cannot be, nobody answers. */
async function askServer(sandbox: SandboxRecord): Promise<Standing> {
  try {
    return await (await import('../sandbox/standing.ts')).standingOf(sandbox);
  } catch {
    return 'away';
  }
}
