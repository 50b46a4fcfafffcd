// What of the reader's must not travel with a link: the token of the sandbox, the names of their own gateway, and the values of headers that let in.

import { isSecretName } from '../../sandbox-server/gateway/assembly/secret-name.ts';
import { hiddenValue, withoutSecrets } from '../connection-view/hide-secrets.ts';
import type { Names } from '../names/name-places.ts';
import type { SharedWork } from './shared-work.ts';

export interface Own {
  token?: string | undefined;
  names: Names;
}

/** The reader's names become the lab's own again, so that the texts still run there. */
export function withoutOwn(work: SharedWork, own: Own): SharedWork {
  const clean = cleaner(own);
  const { script, request, definition, server } = work;
  return {
    ...(script === undefined ? {} : { script: clean(script) }),
    ...(request === undefined
      ? {}
      : {
          request: {
            method: request.method,
            path: clean(withoutSecrets(request.path)),
            headerLines: clean(request.headerLines.split('\n').map(withoutValue).join('\n')),
            body: clean(request.body),
          },
        }),
    ...(definition === undefined ? {} : { definition: clean(definition) }),
    ...(server === undefined ? {} : { server: clean(server) }),
  };
}

function withoutValue(line: string): string {
  const colon = line.indexOf(':');
  const value = line.slice(colon + 1).trim();
  return colon > 0 && value !== '' && isSecretName(line.slice(0, colon))
    ? `${line.slice(0, colon)}: ${hiddenValue(value)}`
    : line;
}

function cleaner({ token, names }: Own): (text: string) => string {
  const { gateway = '', organization, catalog, backend = '' } = names;
  const hosts = [
    { name: backend, lab: 'backend:8091' },
    { name: gateway, lab: 'localhost:9443' },
  ].filter(({ name }) => name !== '' && !LOOPBACK.test(name));
  const swaps: [RegExp, string][] = [
    // With their ports first: both may be on one host.
    ...hosts.map(({ name, lab }): [RegExp, string] => [whole(name), lab]),
    ...hosts.map(({ name, lab }): [RegExp, string] => [whole(bare(name)), bare(lab)]),
  ];
  if (token) swaps.push([new RegExp(literal(token), 'g'), hiddenValue(token)]);
  // They may be any word: names they are where they stand in a URL's path, one after the other.
  if (organization) swaps.push([new RegExp(`(?<=/)${literal(organization)}(?=/)`, 'g'), 'demo']);
  if (catalog) swaps.push([new RegExp(`(?<=/demo/)${literal(catalog)}(?![\\w.-])`, 'g'), 'sandbox']);
  return (text) => swaps.reduce((so, [what, by]) => so.replaceAll(what, by), text);
}

/** Nothing of the reader's: the lab's own pages say so too. */
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i;

const literal = (text: string) => text.replace(/\W/g, '\\$&');
const bare = (host: string) => host.replace(/:\d+$/, '');
const whole = (host: string) => new RegExp(`(?<![\\w.-])${literal(host)}(?![\\w-]|\\.\\w)`, 'gi');
