// parameter-control at work: the client's query parameters that go on to the target.
import type { Control } from './control.ts';

/** The target's URL with its own query, and after it those parameters of the request's path that are let through, as they were written. */
export function withParameters(url: URL, requestPath: string, control: Control): URL {
  const query = requestPath.split('?').slice(1).join('?');
  const passed = query.split('&').filter((part) => part !== '' && control(nameOf(part)));
  const result = new URL(url);
  if (passed.length > 0)
    result.search = [result.search.slice(1), ...passed].filter((part) => part !== '').join('&');
  return result;
}

/** Decoded, so that no notation of a name gets round a blocklist. */
function nameOf(part: string): string {
  return [...new URLSearchParams(part).keys()][0] ?? '';
}
