// `request.*`: the client's request as variables. Nothing here ever changes during a run.
import type { HttpRequest } from '../types.ts';
import { headersAsObject, headerValue } from './header-list.ts';
import type { PathKey } from './path.ts';
import { readTree } from './tree.ts';
import type { ContextValue } from './value.ts';

/**
 * Reads below `request`; keys without the first one. IBM documentation lists the names; that an absent header variable is
 * `undefined`, and that `uri` is path and query, are the lab's choice.
 */
export function readRequest(request: HttpRequest, keys: readonly PathKey[]): ContextValue | undefined {
  const [first, ...rest] = keys;
  if (first === undefined)
    return Object.fromEntries(
      NAMES.map((name) => [name, requestMember(request, name)]).filter(([, value]) => value !== undefined),
    );
  if (first === 'headers' && rest.length > 0) return headerValue(request.headers, rest.join('.'));
  const value = typeof first === 'string' ? requestMember(request, first) : undefined;
  return value === undefined ? undefined : readTree(value, rest);
}

const NAMES = [
  'verb',
  'uri',
  'path',
  'search',
  'querystring',
  'headers',
  'body',
  'parameters',
  'content-type',
  'date',
  'authorization',
];

function requestMember(request: HttpRequest, name: string): ContextValue | undefined {
  const mark = request.path.indexOf('?');
  const search = mark < 0 ? '' : request.path.slice(mark);
  switch (name) {
    case 'verb':
      return request.method;
    case 'uri':
      return request.path;
    case 'path':
      return mark < 0 ? request.path : request.path.slice(0, mark);
    case 'search':
      return search === '?' ? '' : search;
    case 'querystring':
      return search.slice(1);
    case 'headers':
      return headersAsObject(request.headers);
    case 'body':
      return request.body.length > 0 ? request.body : undefined;
    case 'parameters':
      return parameters(search.slice(1), request.pathParameters ?? []);
    case 'content-type':
    case 'date':
    case 'authorization':
      return headerValue(request.headers, name);
    default:
      return undefined;
  }
}

/**
 * `{name: {locations: ['query'], values: ['Foo']}}`, as seen in published scripts. That parts of the path stand among them, in place
 * of a query's of the same name and as the client wrote them, is the lab's choice.
 */
function parameters(
  querystring: string,
  inPath: readonly (readonly [string, string])[],
): { [name: string]: { locations: string[]; values: string[] } } {
  const found: { [name: string]: { locations: string[]; values: string[] } } = {};
  for (const [name, value] of new URLSearchParams(querystring)) {
    if (name === '__proto__') continue;
    if (!Object.hasOwn(found, name)) found[name] = { locations: ['query'], values: [] };
    found[name]?.values.push(value);
  }
  for (const [name, value] of inPath)
    if (name !== '__proto__') found[name] = { locations: ['path'], values: [value] };
  return found;
}
