// A command with the reader's own endpoint put in: for the lab's names, which the lessons write, and for the reader's names, which stand for it here.
import { type Names, withNames } from '../names/name-places.ts';

/** Parts of the endpoint that the server tells: `wss://localhost:9443/maple-heron/sandbox`. */
function ownNames(endpoint: string): Required<Pick<Names, 'gateway' | 'organization' | 'catalog'>> {
  const { host, pathname } = new URL(endpoint);
  const [, organization = '', catalog = ''] = pathname.split('/');
  return { gateway: host, organization, catalog };
}

/** A lesson's command, which is written for `demo` on the lab's own host. */
export function lessonCommand(line: string, endpoint: string): string {
  return withNames(line, ownNames(endpoint));
}

/**
 * A typed command; where it is written with the reader's own names, those stand for the endpoint. Nothing of the names is ever sent, so
 * this happens in the page.
 */
export function typedCommand(line: string, endpoint: string, names: Names): string {
  if (names.gateway === undefined && names.organization === undefined && names.catalog === undefined)
    return line;
  const own = ownNames(endpoint);
  const means = (kind: keyof typeof own, name: string) => name === names[kind] || name === own[kind];
  return line.replace(
    /(?<=(?:wss|https):\/\/)([^\s/'"]+)\/([^\s/'"]+)\/([\w.-]+)/g,
    (written, gateway: string, organization: string, catalog: string) =>
      means('gateway', gateway) && means('organization', organization) && means('catalog', catalog)
        ? `${own.gateway}/${own.organization}/${own.catalog}`
        : written,
  );
}
