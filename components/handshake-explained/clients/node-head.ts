// A head as Node's HTTP parser takes it, with that parser's own words for what it refuses: `ws` sees only what it lets through.
import { hasToken, headerValues } from '../../../sandbox-server/gateway/handshake/headers.ts';
import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';
import { readFields } from './node-fields.ts';
import { readRequestLine, readStatusLine } from './node-start-line.ts';

/** Where reading goes on, or the parser's words for the fault; `null` while more bytes must come. */
export type Step<Read> = { at: number; read: Read } | string | null;

export interface NodeHead {
  /** Empty in a response. */
  method: string;
  /** 0 in a request. */
  status: number;
  version: string;
  headers: Header[];
  /** Whether it hands the connection over: both headers are there. */
  upgrade: boolean;
  /** Where the head has ended. */
  end: number;
}

/** Measured with Node 24: each of its faults is held against the parser itself in the tests. */
export function readAsNode(bytes: string, kind: 'request' | 'response'): NodeHead | string | null {
  // Empty lines before the first are skipped.
  const from = /^[\r\n]*/.exec(bytes)?.[0].length ?? 0;
  const start = (kind === 'request' ? readRequestLine : readStatusLine)(bytes, from);
  if (start === null || typeof start === 'string') return start;
  const fields = readFields(bytes, start.at);
  if (fields === null || typeof fields === 'string') return fields;
  const headers = fields.read;
  // An empty `Upgrade` is none to it.
  const names = headerValues(headers, 'Upgrade').some((value) => value !== '');
  const upgrade = names && hasToken(headers, 'Connection', 'upgrade');
  return { ...start.read, headers, upgrade, end: fields.at };
}

/** As Node hands headers on: lines of the same name as one text. */
export function joined(headers: readonly Header[], name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length === 0 ? undefined : values.join(', ');
}
