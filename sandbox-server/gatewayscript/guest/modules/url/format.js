// The parts of a URL as one text, after Node.js 8.9.4 (LICENSE.node.txt).
import { wholePairsToTheEnd } from '../querystring/whole-pairs.js';
import { isSlashed } from './protocols.js';

/** `parts`: as `url.parse` gives them; any may be missing. `search` counts before `query`, `host` before `hostname` and `port`. */
export function formatParts(parts, stringifyQuery) {
  const auth = parts.auth ? `${encodeUser(parts.auth)}@` : '';
  const protocol = withEnd(parts.protocol || '', ':');
  let host = '';
  if (parts.host) {
    host = auth + parts.host;
  } else if (parts.hostname) {
    const name = parts.hostname.includes(':') ? `[${parts.hostname}]` : parts.hostname;
    host = auth + name + (parts.port ? `:${parts.port}` : '');
  }
  const isQueryObject = parts.query !== null && typeof parts.query === 'object';
  const query = isQueryObject ? stringifyQuery(parts.query) : '';
  const search = (parts.search || (query && `?${query}`) || '').replace(/#/g, '%23');
  let pathname = (parts.pathname || '').replace(/[#?]/g, (character) => (character === '#' ? '%23' : '%3F'));
  if (parts.slashes || isSlashed(protocol)) {
    if (parts.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol.startsWith('file')) {
      host = '//';
    }
  }
  return protocol + host + pathname + withStart(search, '?') + withStart(parts.hash || '', '#');
}

function withStart(text, sign) {
  return text && text[0] !== sign ? sign + text : text;
}

function withEnd(text, sign) {
  return text && text[text.length - 1] !== sign ? text + sign : text;
}

function encodeUser(text) {
  return encodeURIComponent(wholePairsToTheEnd(text)).replace(/%3A/g, ':');
}
