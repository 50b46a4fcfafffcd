// A base path starts with `/` and does not end with one (IBM's object schema).
import { isOpenApi3, writtenBasePath } from '../address.ts';
import type { Finding, Rule } from '../rule.ts';

export const basePath: Rule = (document) => {
  const written = writtenBasePath(document);
  const path = isOpenApi3(document) ? ['servers', 0, 'url'] : ['basePath'];
  if (written === undefined || written === '' || written === '/') {
    const message =
      'The API has no base path: it would take every path of the catalog. Give it one, e.g. /websocket-test.';
    return [{ severity: 'warning', rule: 'base-path-missing', message, path }];
  }
  const error = (message: string): Finding[] => [
    { severity: 'error', rule: 'base-path-form', message, path },
  ];
  if (!written.startsWith('/'))
    return error(`The base path ${written} must start with /. Write /${written}.`);
  if (written.endsWith('/'))
    return error(`The base path ${written} must not end with /. Write ${written.replace(/\/+$/, '')}.`);
  if (/[?#\s]|\/\//.test(written))
    return error(`The base path ${written} must be a path only: no query, no white space, no empty segment.`);
  return [];
};
