// A path starts with `/` and does not end with one (IBM, "Defining Paths for an API"); of other forms, which no request has, the reader hears now and not by a 404.
import { parameterOf, segments } from '../../handshake/routing.ts';
import { listNames } from '../list-names.ts';
import type { Finding, Rule } from '../rule.ts';

export const pathForm: Rule = (document) => {
  /** The first path of each form, by what it matches. */
  const first = new Map<string, string>();
  return Object.keys(document.paths ?? {}).flatMap((path): Finding[] => {
    if (path.startsWith('x-')) return [];
    const told = (severity: Finding['severity'], message: string): Finding[] => [
      { severity, rule: 'path-form', message, path: ['paths', path] },
    ];
    if (!path.startsWith('/'))
      return told('error', `The path ${listNames([path])} must start with /. Write /${path}.`);
    const message = mistakeOf(path);
    if (message !== null) return told('warning', message);
    const form = segments(path).map(formOf).join('/');
    const same = first.get(form);
    if (same !== undefined)
      return told(
        'warning',
        `The path ${listNames([path])} matches what ${listNames([same])} matches: the names of parameters do not tell paths apart. Of a method that both have, only the first answers. Put all operations under one of the two.`,
      );
    first.set(form, path);
    return [];
  });
};

/** A warning with its mend, or `null`. */
function mistakeOf(path: string): string | null {
  const shown = listNames([path]);
  const [mark] = /[?#]/.exec(path) ?? [];
  if (mark !== undefined) {
    const what =
      mark === '?' ? 'its query, and no part of its path' : 'a fragment, which clients do not send';
    const mended = path.slice(0, path.indexOf(mark));
    return `A request for ${shown} does not match this path: what follows ${mark} is ${what}. Write ${mended}.`;
  }
  if (/\s/.test(path)) {
    const mended = path.trim().replaceAll(/\s+/g, '-');
    return `A request cannot have a space in its path, as ${shown} has: a client sends %20 in its place. Write ${mended}.`;
  }
  if (path.includes('\\'))
    return `Many clients send / for the \\ in ${shown}, and then it does not match. Write ${path.replaceAll('\\', '/')}.`;
  const parts = segments(path);
  if (parts.some((part) => part === '.' || part === '..')) {
    const mended = parts.filter((part) => part !== '.' && part !== '..').join('/');
    return `Clients take . and .. out of a path before they send it, so no request has the path ${shown}. Write /${mended}.`;
  }
  const half = parts.find((part) => /[{}]/.test(part) && parameterOf(part) === null);
  if (half !== undefined) {
    const whole = /\{[+*]?[^{}]+\}/.exec(half)?.[0] ?? '{name}';
    const mended = parts.map((part) => (part === half ? whole : part)).join('/');
    return `In the lab a parameter is a whole part between slashes: ${listNames([half])} means these very characters, so a request with a value there does not match. Write /${mended}.`;
  }
  const inside = parts.slice(0, -1).find((part) => parameterOf(part)?.repeats);
  if (inside !== undefined) {
    const name = parameterOf(inside)?.name ?? '';
    return `${listNames([inside])} stands for several parts only at the end of a path; here it stands for one. Write {${name}}.`;
  }
  if (path.length > 1 && path.endsWith('/')) {
    const mended = path.replace(/\/+$/, '') || '/';
    return `The path ${shown} must not end with /: only requests that end with / match it. Write ${mended}.`;
  }
  return null;
}

function formOf(part: string): string {
  const parameter = parameterOf(part);
  return parameter ? `{${parameter.repeats}}` : part;
}
