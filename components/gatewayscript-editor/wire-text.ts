// A response as it goes over the wire, as text.
import type { Run } from '../lab-server/answers.ts';

/** Status line, headers, empty line, body (RFC 9112, section 2.1). */
export function wireText({ status, reason, headers, body }: Run['response']): string {
  const head = [
    `HTTP/1.1 ${status} ${reason}`.trimEnd(),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${head.join('\n')}\n\n${body}`.trimEnd();
}
