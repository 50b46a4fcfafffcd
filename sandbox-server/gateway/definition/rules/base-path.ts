// A base path starts with `/` and does not end with one (IBM's object schema).
import { isOpenApi3, writtenBasePath } from '../address.ts';
import { listNames } from '../list-names.ts';
import type { Finding, Rule } from '../rule.ts';

export const basePath: Rule = (document) => {
  const written = writtenBasePath(document);
  const path = isOpenApi3(document) ? ['servers', 0, 'url'] : ['basePath'];
  if (written === undefined || written === '' || written === '/') {
    const message =
      'The API has no base path: it would take every path of the catalog. Give it one, e.g. /websocket-test.';
    return [{ severity: 'warning', rule: 'base-path-missing', message, path }];
  }
  const told = (severity: Finding['severity'], message: string): Finding[] => [
    { severity, rule: 'base-path-form', message, path },
  ];
  const parts = written.replace(/^[a-z]+:\/\/[^/]*/i, '').split('/');
  const mended = listNames([`/${parts.filter((part) => part !== '').join('/')}`]);
  const shown = `The base path ${listNames([written])}`;
  if (!written.startsWith('/')) return told('error', `${shown} must start with /. Write ${mended}.`);
  if (written.endsWith('/')) return told('error', `${shown} must not end with /. Write ${mended}.`);
  if (/[?#\s\\]|\/\//.test(written))
    return told(
      'error',
      `${shown} must be a path only: no query, no white space, no backslash, no empty segment.`,
    );
  // Clients take them out before they send (RFC 3986 §5.2.4).
  if (/\/\.\.?(\/|$)/.test(written))
    return told('error', `${shown} must not have . or .. as a segment: no request would match it.`);
  // In OpenAPI 3 these are variables of the server, which have a rule of their own.
  const [parameter] = /\{[^/]*\}/.exec(written) ?? [];
  if (!isOpenApi3(document) && parameter !== undefined)
    return told(
      'warning',
      `A base path has no parameters: ${listNames([parameter])} means these very characters. Put it into paths.`,
    );
  return [];
};
