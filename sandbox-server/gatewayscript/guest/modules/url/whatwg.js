// `URL` (WHATWG URL, section 5): the host parses, this side keeps the parts. That the gateway's module has it is inferred from its Node 8.
import { coded } from '../util/node-error.js';
import { createSearchParams } from './search-params.js';

const WRITABLE = [
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
];
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

export function createWhatwgUrl(host) {
  const { URLSearchParams, linked, refresh } = createSearchParams(host);
  const partsOf = new WeakMap();
  const paramsOf = new WeakMap();

  function invalid(input) {
    return Object.assign(coded(new TypeError(`Invalid URL: ${input}`), 'ERR_INVALID_URL'), { input });
  }

  class URL {
    constructor(input, base) {
      const text = `${input}`;
      const parts = host.call('parseUrl', text, base === undefined ? null : `${base}`);
      if (parts === null) throw invalid(text);
      partsOf.set(this, parts);
      const onChange = (search) =>
        partsOf.set(this, host.call('setUrlPart', partsOf.get(this).href, 'search', search));
      paramsOf.set(this, linked(parts.search, onChange));
    }
    get origin() {
      return partsOf.get(this).origin;
    }
    get searchParams() {
      return paramsOf.get(this);
    }
    toString() {
      return this.href;
    }
    toJSON() {
      return this.href;
    }
    [inspectCustom](depth) {
      if (depth < 0) return '[Object]';
      const shown = ['href', 'origin', ...WRITABLE.slice(1, -1)].map((part) => `  ${part}: '${this[part]}'`);
      return `URL {\n${[...shown, `  searchParams: ${this.searchParams[inspectCustom]()}`, `  hash: '${this.hash}'`].join(',\n')} }`;
    }
  }
  for (const part of WRITABLE) {
    Object.defineProperty(URL.prototype, part, {
      enumerable: true,
      configurable: true,
      get() {
        return partsOf.get(this)[part];
      },
      /** What does not fit is ignored, but for `href`. */
      set(value) {
        const parts = host.call('setUrlPart', partsOf.get(this).href, part, `${value}`);
        if (parts === null) throw invalid(`${value}`);
        partsOf.set(this, parts);
        refresh(paramsOf.get(this), parts.search);
      },
    });
  }

  /** `url.format` of a URL: `options` may leave out `auth`, `fragment` or `search`, or show the host in `unicode`. */
  function format(url, options = {}) {
    if (options === null || typeof options !== 'object')
      throw coded(new TypeError('The "options" argument must be of type object'), 'ERR_INVALID_ARG_TYPE');
    const { auth = true, fragment = true, search = true, unicode = false } = options;
    const { protocol, username, password, host: domain, port, hostname, pathname, href } = partsOf.get(url);
    const user = auth && (username || password) ? `${username}${password ? `:${password}` : ''}@` : '';
    const name = unicode ? host.call('domainToUnicode', hostname) + (port ? `:${port}` : '') : domain;
    const slashes = href.startsWith(`${protocol}//`) ? '//' : '';
    return (
      protocol + slashes + user + name + pathname + (search ? url.search : '') + (fragment ? url.hash : '')
    );
  }

  return {
    URL,
    URLSearchParams,
    domainToASCII: (domain) => host.call('domainToAscii', `${domain}`),
    domainToUnicode: (domain) => host.call('domainToUnicode', `${domain}`),
    isUrl: (value) => typeof value === 'object' && value !== null && partsOf.has(value),
    formatUrl: format,
  };
}
