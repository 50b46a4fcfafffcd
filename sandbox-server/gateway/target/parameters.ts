// The client's query parameters on their way to the target: which of them, and how they are written.
import type { Control } from './control.ts';

/** The target's URL with its own query, and after it those parameters of the request's path that are let through, as they were written. */
export function withParameters(url: URL, requestPath: string, control: Control): URL {
  const passed = partsOf(requestPath).filter((part) => control(nameOf(part)));
  const result = new URL(url);
  if (passed.length > 0)
    result.search = [result.search.slice(1), ...passed].filter((part) => part !== '').join('&');
  return result;
}

/**
 * `encode-plus-char`: every + of the query as `%2B`, so that no server takes it for a space. IBM's page says `%2F`, the code of a slash,
 * which would change the value: taken for a slip (lab's choice).
 */
export function withEncodedPlus(url: URL): URL {
  const result = new URL(url);
  result.search = result.search.replaceAll('+', '%2B');
  return result;
}

/** The value of a parameter in the request's path, in the notation of the client; `undefined` where there is none. */
export function writtenParameter(requestPath: string, name: string): string | undefined {
  const part = partsOf(requestPath).find((each) => nameOf(each) === name);
  return part?.split('=').slice(1).join('=');
}

function partsOf(requestPath: string): string[] {
  const query = requestPath.split('?').slice(1).join('?');
  return query.split('&').filter((part) => part !== '');
}

/** Decoded, so that no notation of a name gets round a blocklist. */
function nameOf(part: string): string {
  return [...new URLSearchParams(part).keys()][0] ?? '';
}
