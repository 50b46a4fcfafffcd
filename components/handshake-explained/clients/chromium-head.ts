// A response's head as Chromium takes it: laxly, since the web is full of servers that are not exact.
import { trimmed } from '../../../sandbox-server/gateway/handshake/headers.ts';
import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';

export interface ChromiumHead {
  status: number;
  headers: Header[];
}

/** Bytes before `HTTP` that it forgives. */
const SLOP = 4;

/** `null` while more must come, `invalid` where it sees no HTTP. */
export function readAsChromium(bytes: string): ChromiumHead | 'invalid' | null {
  const from = bytes.slice(0, SLOP + 4).search(/http/i);
  if (from < 0) return bytes.length < SLOP + 4 ? null : 'invalid';
  // Two LFs end it, with or without a CR between.
  const head = /^.*?\n\r?\n/s.exec(bytes.slice(from))?.[0];
  if (head === undefined) return null;
  if (head.includes('\0')) return 'invalid';
  // CR, LF, and any number of both end a line.
  const [start = '', ...lines] = head.split(/[\r\n]+/);
  const [, digits = ''] = /^[^ ]* +(\d+)/.exec(start) ?? [];
  return { status: digits === '' ? 200 : Number(digits), headers: fieldsOf(lines) };
}

function fieldsOf(lines: readonly string[]): Header[] {
  const unfolded: string[] = [];
  for (const line of lines) {
    if (!/^[ \t]/.test(line)) unfolded.push(line);
    else if (unfolded.length > 0) unfolded.push(`${unfolded.pop()} ${line.trim()}`);
  }
  return unfolded.flatMap((line): Header[] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[trimmed(line.slice(0, colon)), line.slice(colon + 1)]];
  });
}

/** Its list of a header's values: commas part them, except in quotes, and an empty one counts. */
export function valuesOf(headers: readonly Header[], name: string): string[] {
  return headers
    .filter(([found]) => found.toLowerCase() === name.toLowerCase())
    .flatMap(([, value]) => value.match(/(?:"[^"]*"|[^,"]|")+|(?<=,|^)(?=,|$)/g) ?? [''])
    .map(trimmed);
}
