// A URL into its parts by Node's own old rules, after Node.js 8.9.4 (LICENSE.node.txt): lenient, and for relative ones too.
import { isScript, isSlashed } from './protocols.js';

const PROTOCOL = /^[a-z0-9.+-]+:/i;
const USER_AT_HOST = /^\/\/[^@/]+@[^@/]+/;
const SIMPLE_PATH = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/;
const AROUND = /^[ \t\r\n\f\u00a0\ufeff]+|[ \t\r\n\f\u00a0\ufeff]+$/g;
const NEVER_IN_HOST = /[\t\n\r "%';<>\\^`{|}]/;
const IN_HOST_NAME = /^[a-zA-Z0-9.\-+_\u0080-\uffff]*/;
const ESCAPED = /[\t\n\r "'<>\\^`{|}]/g;
const HOST_NAME_MAX = 255;

/**
 * Fills `parts`, whose members are all `null`.
 * @param tools parseQuery: of the module querystring; toAscii: a host name's ASCII form
 * @throws TypeError where `url` is no text, URIError where the user's name is wrongly encoded
 */
export function parseInto(parts, url, parseQueryString, slashesDenoteHost, tools) {
  if (typeof url !== 'string') throw new TypeError(`Parameter "url" must be a string, not ${typeof url}`);
  let rest = withForwardSlashes(url.replace(AROUND, ''));
  const query = (text) => (parseQueryString ? tools.parseQuery(text) : text);

  if (!slashesDenoteHost && !rest.includes('#')) {
    const simple = SIMPLE_PATH.exec(rest);
    if (simple) {
      const [, pathname, search] = simple;
      Object.assign(parts, { path: rest, href: rest, pathname });
      if (search) Object.assign(parts, { search, query: query(search.slice(1)) });
      else if (parseQueryString) Object.assign(parts, { search: '', query: Object.create(null) });
      return;
    }
  }

  const proto = PROTOCOL.exec(rest)?.[0];
  const protocol = proto?.toLowerCase();
  if (proto !== undefined) {
    parts.protocol = protocol;
    rest = rest.slice(proto.length);
  }
  let slashes = false;
  if (slashesDenoteHost || proto || USER_AT_HOST.test(rest)) {
    slashes = rest.startsWith('//');
    if (slashes && !isScript(proto)) {
      rest = rest.slice(2);
      parts.slashes = true;
    }
  }
  if (!isScript(proto) && (slashes || (proto && !isSlashed(proto))))
    rest = takeHost(parts, rest, tools.toAscii);
  if (!isScript(protocol)) rest = rest.replace(ESCAPED, (character) => `%${hex(character)}`);
  takePath(parts, rest, protocol, query, parseQueryString);
}

/** Backslashes before the query are slashes, as in browsers. */
function withForwardSlashes(url) {
  const [head] = /^[^#?]*/.exec(url);
  return head.replace(/\\/g, '/') + url.slice(head.length);
}

/** @returns what comes after the host */
function takeHost(parts, text, toAscii) {
  // The host ends at the first of / ? #. A user's name before the last @ may hold what a host may not.
  const [authority] = /^[^#/?]*/.exec(text);
  const at = authority.lastIndexOf('@');
  const afterUser = authority.slice(at + 1);
  const odd = afterUser.search(NEVER_IN_HOST);
  const host = odd === -1 ? afterUser : afterUser.slice(0, odd);
  let rest = text.slice(at + 1 + host.length);
  if (at !== -1) parts.auth = decodedUser(authority.slice(0, at));

  takePort(parts, host);
  const name = parts.hostname ?? '';
  const isIpv6 = name.startsWith('[') && name.endsWith(']');
  let hostname = name;
  if (!isIpv6) {
    [hostname] = IN_HOST_NAME.exec(name);
    if (hostname.length < name.length) rest = `/${name.slice(hostname.length)}${rest}`;
  }
  hostname = hostname.length > HOST_NAME_MAX ? '' : hostname.toLowerCase();
  parts.hostname = isIpv6 ? hostname : toAscii(hostname);
  parts.host = parts.hostname + (parts.port ? `:${parts.port}` : '');
  if (isIpv6) {
    parts.hostname = parts.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  }
  return rest;
}

/** `host:80` into `hostname` and `port`; a part that is not there is left as it was. */
export function takePort(parts, host) {
  const port = /:[0-9]*$/.exec(host)?.[0];
  if (port !== undefined && port !== ':') parts.port = port.slice(1);
  const name = port === undefined ? host : host.slice(0, -port.length);
  if (name) parts.hostname = name;
}

function takePath(parts, rest, protocol, query, parseQueryString) {
  const [, pathname, search, hash] = /^([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/.exec(rest);
  if (hash !== undefined) parts.hash = hash;
  if (search !== undefined) Object.assign(parts, { search, query: query(search.slice(1)) });
  else if (parseQueryString) Object.assign(parts, { search: '', query: Object.create(null) });
  if (pathname !== '') parts.pathname = pathname;
  if (isSlashed(protocol) && parts.hostname && !parts.pathname) parts.pathname = '/';
  if (parts.pathname || parts.search) parts.path = (parts.pathname || '') + (parts.search || '');
}

function decodedUser(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new URIError('URI malformed');
  }
}

function hex(character) {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}
