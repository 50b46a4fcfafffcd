// The fields of a head, as Node's HTTP parser reads them: strictly, since whoever is lax can be made to misread where a head ends.
import { trimmed } from '../../../sandbox-server/gateway/handshake/headers.ts';
import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';
import type { Step } from './node-head.ts';
import { readSigns } from './node-start-line.ts';

/** Names that it knows by heart; behind them a space has words of its own. */
const KNOWN = /^(?:connection|content-length|proxy-connection|transfer-encoding|upgrade)$/i;
const FRAMING = /^(?:content-length|transfer-encoding)$/i;
const NAME = /[!#$%&'*+\-.^_`|~0-9A-Za-z]*/y;
const VALUE = /[\t\x20-\x7e\x80-\xff]*/y;
/** The largest length that it can count. */
const LENGTH_MAX = 2n ** 64n - 1n;

/** All fields, and the empty line. */
export function readFields(bytes: string, from: number): Step<Header[]> {
  const headers: Header[] = [];
  if (bytes[from] === ' ') return 'Unexpected space after start line';
  for (let at = from; ; ) {
    if (bytes[at] === '\r') {
      const end = readSigns(bytes, at + 1, [[/\n/, 'Expected LF after headers']]);
      return end === null || typeof end === 'string' ? end : { at: end.at, read: headers };
    }
    const field = readField(bytes, at, headers);
    if (field === null || typeof field === 'string') return field;
    headers.push(field.read);
    at = field.at;
  }
}

function readField(bytes: string, from: number, before: readonly Header[]): Step<Header> {
  if (bytes[from] === '\n') return 'Invalid header field char';
  const name = matched(NAME, bytes, from);
  const colon = from + name.length;
  if (colon >= bytes.length) return null;
  if (name === '' || bytes[colon] !== ':')
    return bytes[colon] === ' ' && KNOWN.test(name) ? 'Invalid header field char' : 'Invalid header token';
  const text = matched(VALUE, bytes, colon + 1);
  const value = trimmed(text);
  const end = colon + 1 + text.length;
  // There it sees digits or their end, and nothing else.
  const strange = /^content-length$/i.test(name) && !/[\r\n]/.test(bytes[end] ?? '\r') ? '?' : '';
  return framingFault(before, name, value + strange) ?? lineEnd(bytes, end, value === '', [name, value]);
}

/** The end of a field's line: whether the next line continues it shows only when that line's first byte is there. */
function lineEnd(bytes: string, end: number, empty: boolean, read: Header): Step<Header> {
  const [stop, lf, next] = [bytes[end], bytes[end + 1], bytes[end + 2]];
  if (stop === undefined) return null;
  if (stop !== '\r' && (stop !== '\n' || empty)) return 'Invalid header value char';
  if (stop === '\n') return 'Missing expected CR after header value';
  if (lf === undefined) return null;
  if (lf !== '\n') return empty ? 'Expected LF after CR' : 'Missing expected LF after header value';
  if (next === undefined) return null;
  if (next === ' ' || next === '\t')
    return empty ? 'Invalid header value char' : 'Unexpected whitespace after header value';
  return empty && FRAMING.test(read[0]) ? `Empty ${usual(read[0])}` : { at: end + 2, read };
}

/** What says how long a body is has rules of its own, also where there is no body. */
function framingFault(before: readonly Header[], name: string, value: string): string | null {
  // That it is empty is told first, at the end of its line.
  if (value === '') return null;
  const has = (wanted: string) => before.some(([known]) => known.toLowerCase() === wanted);
  if (name.toLowerCase() === 'transfer-encoding')
    return has('content-length') ? "Transfer-Encoding can't be present with Content-Length" : null;
  if (name.toLowerCase() !== 'content-length') return null;
  if (has('content-length')) return 'Duplicate Content-Length';
  if (has('transfer-encoding')) return "Content-Length can't be present with Transfer-Encoding";
  if (!/^\d+$/.test(value)) return 'Invalid character in Content-Length';
  return BigInt(value) > LENGTH_MAX ? 'Content-Length overflow' : null;
}

function usual(name: string): string {
  return name.toLowerCase() === 'content-length' ? 'Content-Length' : 'Transfer-Encoding';
}

function matched(pattern: RegExp, bytes: string, from: number): string {
  pattern.lastIndex = from;
  return pattern.exec(bytes)?.[0] ?? '';
}
