// The host calls behind the guest's `url`: the standard's parser is Node's own; text in, parts out, nothing kept.
import { domainToASCII, domainToUnicode } from 'node:url';
import type { JsonObject } from '../types.ts';
import { list, text } from './arguments.ts';
import { GuestError } from './guest-error.ts';
import type { HostCall } from './host-calls.ts';

/** Characters of a URL or a query. */
const URL_MAX_CHARS = 65_536;

const PARTS = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;
type WritablePart = Exclude<(typeof PARTS)[number], 'origin'>;

export const urlCalls: { [name: string]: HostCall<unknown> } = {
  /** @returns the parts, or `null` for what is no URL */
  parseUrl: (_run, [input, base]) => {
    const url = URL.parse(bounded(input), base === null ? undefined : bounded(base));
    return url && partsOf(url);
  },

  /** Sets one part of a valid URL. @returns all parts; `null` where `href` is set to what is no URL */
  setUrlPart: (_run, [href, part, value]) => {
    if (part === 'href' && !URL.canParse(bounded(value))) return null;
    const url = new URL(text(href));
    if (isWritable(part)) url[part] = bounded(value);
    return partsOf(url);
  },

  parseQuery: (_run, [query]) => [...new URLSearchParams(bounded(query))],

  stringifyQuery: (_run, [pairs]) => {
    const params = new URLSearchParams();
    let length = 0;
    for (const pair of list(pairs)) {
      const [name, value] = list(pair).map(text);
      if (name === undefined || value === undefined)
        throw new Error('a host call expected a pair of strings');
      length = checkedLength(length + name.length + value.length + 2);
      params.append(name, value);
    }
    return params.toString();
  },

  /** Empty for what is no domain name. */
  domainToAscii: (_run, [domain]) => domainToASCII(bounded(domain)),
  domainToUnicode: (_run, [domain]) => domainToUnicode(bounded(domain)),
};

function partsOf(url: URL): JsonObject {
  return Object.fromEntries(PARTS.map((part) => [part, url[part]]));
}

function isWritable(part: unknown): part is WritablePart {
  return part !== 'origin' && PARTS.some((each) => each === part);
}

function bounded(value: unknown): string {
  const given = text(value);
  checkedLength(given.length);
  return given;
}

function checkedLength(length: number): number {
  if (length <= URL_MAX_CHARS) return length;
  throw new GuestError(
    'RangeError',
    `url: a URL or query of ${length} characters; expected at most ${URL_MAX_CHARS}`,
  );
}
