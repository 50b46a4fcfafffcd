// How much a link carries at most: what the lab would run or deploy by its defaults, and what chats and mails do not cut.
import type { SharedWork } from './shared-work.ts';

export const VERSION = 1;

/** Characters of a whole link. Browsers take more. */
export const LINK_MAX = 32_000;

/** Bytes that may come out of a link, whatever its letters claim: more than all parts at their longest have in ASCII. */
export const WORK_MAX_BYTES = 1_048_576;

/** Characters of each text. */
export const LONGEST = {
  script: 65_536,
  definition: 262_144,
  server: 65_536,
  request: { method: 32, path: 8_192, headerLines: 65_536, body: 65_536 },
} as const;

export function fits({ script = '', definition = '', server = '', request }: SharedWork): boolean {
  const { method = '', path = '', headerLines = '', body = '' } = request ?? {};
  return (
    script.length <= LONGEST.script &&
    definition.length <= LONGEST.definition &&
    server.length <= LONGEST.server &&
    method.length <= LONGEST.request.method &&
    path.length <= LONGEST.request.path &&
    headerLines.length <= LONGEST.request.headerLines &&
    body.length <= LONGEST.request.body
  );
}
