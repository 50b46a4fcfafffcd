// A URL seen from another, as a browser follows a link, after Node.js 8.9.4 (LICENSE.node.txt).
import { isScript, isSlashed } from './protocols.js';

/**
 * Changes `result`, a copy of the source's parts, into where `relative` leads. `relative` may be changed too.
 * Only `href` is left to the caller.
 */
export function resolveInto(result, relative) {
  result.hash = relative.hash;
  if (relative.href === '') return;
  if (relative.slashes && !relative.protocol) {
    for (const key of Object.keys(relative)) if (key !== 'protocol') result[key] = relative[key];
    if (isSlashed(result.protocol) && result.hostname && !result.pathname)
      result.path = result.pathname = '/';
    return;
  }
  if (relative.protocol && relative.protocol !== result.protocol) toOtherProtocol(result, relative);
  else withinProtocol(result, relative);
}

function toOtherProtocol(result, relative) {
  if (!isSlashed(relative.protocol)) {
    Object.assign(result, relative);
    return;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !isScript(relative.protocol)) {
    const path = (relative.pathname || '').split('/');
    while (path.length > 0 && !relative.host) relative.host = path.shift();
    if (!relative.host) relative.host = '';
    if (!relative.hostname) relative.hostname = '';
    if (path[0] !== '') path.unshift('');
    if (path.length < 2) path.unshift('');
    result.pathname = path.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  const { search, query, auth, port } = relative;
  Object.assign(result, {
    search,
    query,
    auth,
    port,
    host: relative.host || '',
    hostname: relative.hostname || relative.host,
  });
  if (result.pathname || result.search) result.path = (result.pathname || '') + (result.search || '');
  result.slashes = result.slashes || relative.slashes;
}

function withinProtocol(result, relative) {
  const isRooted = (pathname) => pathname && pathname[0] === '/';
  const isSourceRooted = isRooted(result.pathname);
  const isRelativeRooted = relative.host || isRooted(relative.pathname);
  let mustBeRooted = isRelativeRooted || isSourceRooted || (result.host && relative.pathname);
  // Whether leading dots go is decided before the host may change what must be.
  const dropsDots = mustBeRooted;
  let path = result.pathname?.split('/') || [];
  const relativePath = relative.pathname?.split('/') || [];
  // For such, `..` may lead up to the host: until the end it is the first part of the path.
  const hostInPath = result.protocol && !isSlashed(result.protocol);
  if (hostInPath) {
    hostIntoPath(result, path);
    if (relative.protocol) {
      result.auth = null;
      Object.assign(relative, { hostname: null, port: null });
      if (relative.host) putFirst(relativePath, relative.host);
      relative.host = null;
    }
    mustBeRooted = mustBeRooted && (relativePath[0] === '' || path[0] === '');
  }

  if (isRelativeRooted) {
    takeHost(result, relative);
    path = relativePath;
  } else if (relativePath.length > 0) {
    path = [...path.slice(0, -1), ...relativePath];
  } else if (relative.search !== null && relative.search !== undefined) {
    if (hostInPath) hostOutOfPath(result, path.shift());
    takeQuery(result, relative);
    takeWholePath(result);
    return;
  }
  if (isRelativeRooted || relativePath.length > 0) takeQuery(result, relative);
  if (path.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return;
  }

  const { parts, endsInSlash } = withoutDots(path, result.host || relative.host, !mustBeRooted && !dropsDots);
  if (mustBeRooted && parts[0] !== '' && parts[0]?.[0] !== '/') parts.unshift('');
  if (endsInSlash && !parts.join('/').endsWith('/')) parts.push('');
  const isAbsolute = parts[0] === '' || (parts[0] && parts[0][0] === '/');
  if (hostInPath) hostOutOfPath(result, isAbsolute ? '' : parts.length > 0 ? parts.shift() : '');
  mustBeRooted = mustBeRooted || (result.host && parts.length > 0);
  if (mustBeRooted && !isAbsolute) parts.unshift('');
  if (parts.length === 0) result.pathname = result.path = null;
  else result.pathname = parts.join('/');
  takeWholePath(result);
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
}

/** `.` and `..` carried out; those that lead above the root stay in front where `keepsLeading`. */
function withoutDots(path, host, keepsLeading) {
  const last = path[path.length - 1];
  const endsInSlash = ((host || path.length > 1) && (last === '.' || last === '..')) || last === '';
  const parts = [];
  let up = 0;
  for (const part of [...path].reverse()) {
    if (part === '.') continue;
    if (part === '..') up += 1;
    else if (up > 0) up -= 1;
    else parts.unshift(part);
  }
  if (keepsLeading) for (; up > 0; up -= 1) parts.unshift('..');
  return { parts, endsInSlash };
}

function hostIntoPath(result, path) {
  Object.assign(result, { hostname: '', port: null });
  if (result.host) putFirst(path, result.host);
  result.host = '';
}

function putFirst(path, host) {
  if (path[0] === '') path[0] = host;
  else path.unshift(host);
}

/** A user's name may have come along, as in `mailto:local@domain`. */
function hostOutOfPath(result, host) {
  result.hostname = result.host = host;
  const at = host?.indexOf('@') > 0 ? host.split('@') : null;
  if (!at) return;
  result.auth = at[0];
  result.host = result.hostname = at[1];
}

function takeHost(result, relative) {
  if (relative.host || relative.host === '') {
    if (result.host !== relative.host) result.auth = null;
    result.host = relative.host;
    result.port = relative.port;
  }
  if (relative.hostname || relative.hostname === '') {
    if (result.hostname !== relative.hostname) result.auth = null;
    result.hostname = relative.hostname;
  }
}

function takeQuery(result, { search, query }) {
  Object.assign(result, { search, query });
}

function takeWholePath(result) {
  if (result.pathname !== null || result.search !== null)
    result.path = (result.pathname || '') + (result.search || '');
}
