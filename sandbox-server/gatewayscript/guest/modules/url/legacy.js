// `url.parse`, `format` and `resolve`, which scripts use most: the object `Url` with its parts as members.
import punycode from 'punycode/';
import createQuerystring from '../querystring.js';
import { formatParts } from './format.js';
import { parseInto, takePort } from './parse.js';
import { resolveInto } from './resolve.js';

const PARTS = [
  'protocol',
  'slashes',
  'auth',
  'host',
  'port',
  'hostname',
  'hash',
  'search',
  'query',
  'pathname',
  'path',
  'href',
];

export function createLegacyUrl(lab) {
  const querystring = createQuerystring(lab);
  const stringifyQuery = (query) => querystring.stringify(query);
  const tools = {
    parseQuery: (text) => querystring.parse(text),
    /** What is no valid name keeps its letters, in ASCII all the same. */
    toAscii(name) {
      const isAscii = [...name].every((character) => character < '\u0080');
      return isAscii ? name : lab.host.call('domainToAscii', name) || punycode.toASCII(name);
    },
  };

  class Url {
    constructor() {
      for (const part of PARTS) this[part] = null;
    }

    parse(url, parseQueryString, slashesDenoteHost) {
      parseInto(this, url, parseQueryString, slashesDenoteHost, tools);
      if (this.href === null) this.href = this.format();
      return this;
    }

    format() {
      return formatParts(this, stringifyQuery);
    }

    resolve(relative) {
      return this.resolveObject(parse(relative, false, true)).format();
    }

    resolveObject(relative) {
      const target = typeof relative === 'string' ? parse(relative, false, true) : relative;
      const result = Object.assign(new Url(), this);
      resolveInto(result, target);
      result.href = result.format();
      return result;
    }

    parseHost() {
      takePort(this, this.host);
    }
  }

  function parse(url, parseQueryString, slashesDenoteHost) {
    return url instanceof Url ? url : new Url().parse(url, parseQueryString, slashesDenoteHost);
  }

  return {
    Url,
    parse,
    resolve: (source, relative) => parse(source, false, true).resolve(relative),
    resolveObject: (source, relative) =>
      source ? parse(source, false, true).resolveObject(relative) : relative,
    format(parts) {
      if (typeof parts === 'string') return parse(parts).format();
      if (typeof parts !== 'object' || parts === null)
        throw new TypeError(
          `Parameter "urlObj" must be an object, not ${parts === null ? 'null' : typeof parts}`,
        );
      return formatParts(parts, stringifyQuery);
    },
  };
}
