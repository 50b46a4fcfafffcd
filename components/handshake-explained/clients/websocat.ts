// What `websocat -v` does with a response: by the very checks that the lab's own probe makes.
import {
  WEBSOCAT_CONNECTED,
  websocatFault,
  websocatSays,
} from '../../../sandbox-server/probe/clients/websocat-checks.ts';
import { keyOf, responseOf } from '../heads/head-rules.ts';
import type { Head } from '../heads/parse-head.ts';

export type WebsocatVerdict =
  | { outcome: 'opens' | 'refuses'; says: readonly string[]; rule: string | null; certain: boolean }
  | { outcome: 'waits' };

/** Its HTTP parser takes a bare LF; other faults of a head it refuses, in words that are not published. `certain` is what is more than inferred. */
export function websocat(request: Head, response: Head): WebsocatVerdict {
  if (response.endLine === null) return { outcome: 'waits' };
  const strict = response.faults.filter(({ found }) => !found.endsWith('ends in LF alone'));
  if (strict.length > 0) return { outcome: 'refuses', says: [], rule: 'response-head', certain: false };
  const certain = response.faults.length === 0;
  const head = responseOf(response);
  // It prints the reason of the standard; a page that has no list of them shows the one of the head.
  const fault = websocatFault(head, keyOf(request) ?? '', head.reason);
  return fault
    ? { outcome: 'refuses', says: websocatSays(fault), rule: fault.rule, certain }
    : { outcome: 'opens', says: WEBSOCAT_CONNECTED, rule: null, certain };
}
