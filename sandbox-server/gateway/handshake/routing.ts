// Finds, for a request's path, the API with the longest base path, and in it the operation.
import type { ApiDefinition, Operation } from '../types.ts';

/** `/<organization>/<catalog>/<rest>`, from a request target in origin or absolute form; `null` where it is neither. */
export interface Address {
  organization: string;
  catalog: string;
  /** What follows the catalog: empty, or starts with `/`. Without the query. */
  rest: string;
  /** The query without its `?`, empty where there is none. */
  query: string;
}

export function parseAddress(target: string): Address | null {
  // Absolute form, as clients of proxies send it (RFC 9112 §3.2.2).
  const origin = target.replace(/^https?:\/\/[^/?]*/i, '');
  const [path = '', ...query] = origin.split('?');
  const match = /^\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path);
  if (!match) return null;
  const [, organization = '', catalog = '', rest = ''] = match;
  return { organization, catalog, rest, query: query.join('?') };
}

/** The API whose base path is the longest that starts `rest`, by whole segments; `undefined` where none does. */
export function findApi(apis: Iterable<ApiDefinition>, rest: string): ApiDefinition | undefined {
  let best: ApiDefinition | undefined;
  for (const api of apis) {
    if (pathAfter(api.basePath, rest) === null) continue;
    if (!best || api.basePath.length > best.basePath.length) best = api;
  }
  return best;
}

/**
 * What follows the base path: empty, or starts with `/`; `null` where that does not start `rest`. Its segments count decoded, as those of paths do:
 * a client sends `/%C3%A9` for `/é`.
 */
export function pathAfter(basePath: string, rest: string): string | null {
  const base = segments(basePath);
  const written = rest.split('/').slice(1);
  if (base.some((segment, i) => decoded(segment) !== decoded(written[i] ?? ''))) return null;
  return written
    .slice(base.length)
    .map((segment) => `/${segment}`)
    .join('');
}

/** The operation for a method and the path after the base path. Where two paths match, the one with more written out wins. */
export function findOperation(api: ApiDefinition, method: string, path: string): Operation | undefined {
  const wanted = segments(path);
  let best: { operation: Operation; rank: number } | undefined;
  for (const operation of api.operations) {
    if (operation.method !== method.toLowerCase()) continue;
    const rank = rankOf(segments(operation.path), wanted);
    if (rank !== null && (!best || rank > best.rank)) best = { operation, rank };
  }
  return best?.operation;
}

/** The more segments match word for word, the more; among equals more without a parameter for several. `null` for no match. */
function rankOf(template: readonly string[], wanted: readonly string[]): number | null {
  const repeats = parameterOf(template.at(-1) ?? '')?.repeats ?? '';
  const least = template.length - (repeats === '*' ? 1 : 0);
  if (repeats === '' ? wanted.length !== least : wanted.length < least) return null;
  let literal = 0;
  for (const [i, segment] of template.entries()) {
    if (parameterOf(segment)) {
      if (wanted[i] === '') return null;
    } else if (decoded(segment) === decoded(wanted[i] ?? '')) literal += 1;
    else return null;
  }
  return 2 * literal + (repeats === '' ? 1 : 0);
}

/**
 * A segment that stands for others: `{name}` for one; at the end of a path `{+name}` for one or more, `{*name}` for any number, also none
 * (IBM, "Defining Paths for an API"). `null` for one that stands for itself.
 */
export function parameterOf(segment: string): { name: string; repeats: string } | null {
  const [, repeats = '', name] = /^\{([+*]?)([^{}]+)\}$/.exec(segment) ?? [];
  return name === undefined ? null : { name, repeats };
}

/** `/a/b` has the segments `a` and `b`; the path `/` and the empty one have none, so that both address the base path. */
export function segments(path: string): string[] {
  return path === '' || path === '/' ? [] : path.split('/').slice(1);
}

/** As it is where it is not well encoded. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Where a request leads, or the product's own sentence for why nowhere; `why` is for the learner's log. */
export type Route =
  | { api: ApiDefinition; operation: Operation }
  | { api: ApiDefinition | null; moreInformation: string; why: string };

/**
 * API first, operation second: the sentences of the two 404s are those that people report of the real gateway.
 * A handshake for an API without `wss` among its schemes finds no API: the catalog offers it under `https` only. That this is a 404 is
 * lab's choice; documented is only that the protocol must be declared.
 */
export function findRoute(
  apis: Iterable<ApiDefinition>,
  method: string,
  rest: string,
  webSocket: boolean,
): Route {
  const api = findApi(apis, rest);
  if (!api) {
    const why = `No deployed API has a base path that starts ${rest === '' ? '/' : rest}.`;
    return { api: null, moreInformation: 'API not found for requested URI', why };
  }
  if (webSocket && !api.schemes.includes('wss')) {
    const why = `The API ${api.name} does not offer wss: its schemes are ${api.schemes.join(', ') || 'none'}. Add wss to schemes.`;
    return { api, moreInformation: 'API not found for requested URI', why };
  }
  const path = pathAfter(api.basePath, rest) ?? '';
  const operation = findOperation(api, method, path);
  if (operation) return { api, operation };
  const known = api.operations.map((each) => `${each.method.toUpperCase()} ${each.path}`).join(', ');
  const why = `The API ${api.name} has no operation ${method} ${path === '' ? '/' : path}; it has ${known || 'none'}.`;
  return { api, moreInformation: 'No resources match requested URI', why };
}
