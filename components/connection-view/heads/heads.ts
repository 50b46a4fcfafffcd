// The four heads of a connection, picked from its story, and what policies changed in headers before each.
import type { GatewayEvent } from '../../../sandbox-server/gateway/events.ts';
import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';
import type { EventOf } from '../frames/frame-hops.ts';

/** Title of the policy that changed a header of the message last, by the header's name in lower case. */
export type HeaderChanges = ReadonlyMap<string, string>;

export interface Heads {
  client: EventOf<'request-received'> | null;
  /** Of the policy `websocket-upgrade`, the last one where it was redirected. */
  target: EventOf<'target-request'> | null;
  answer: EventOf<'target-response'> | null;
  sent: EventOf<'response-sent'> | null;
  /** After a scripted 101: the handshake with the server that the API property `lab-attach` connects. */
  attached: { target: EventOf<'target-request'>; answer: EventOf<'target-response'> | null } | null;
  changedBefore: { target: HeaderChanges; sent: HeaderChanges };
}

/** Policies that run others: what those changed is told with them, too. */
const containers = new Set(['switch', 'if', 'operation-switch']);
const prefix = 'message.headers.';

export function headsOf(story: readonly GatewayEvent[]): Heads {
  const changed = new Map<string, string>();
  const heads: Heads = {
    client: null,
    target: null,
    answer: null,
    sent: null,
    attached: null,
    changedBefore: { target: new Map(), sent: new Map() },
  };
  const running: string[] = [];
  for (const event of story) {
    if (heads.sent) {
      // What comes after it is about messages.
      if (event.type === 'tunnel-opened') return heads;
      if (event.type === 'target-request') heads.attached = { target: event, answer: null };
      else if (event.type === 'target-response' && heads.attached) heads.attached.answer = event;
    } else if (event.type === 'request-received') heads.client ??= event;
    else if (event.type === 'policy-started') running.push(event.policy);
    else if (event.type === 'policy-ended') {
      running.pop();
      noteChanges(event, changed);
    } else if (event.type === 'target-request' && running.at(-1) === 'websocket-upgrade') {
      heads.target = event;
      heads.answer = null;
      heads.changedBefore.target = new Map(changed);
    } else if (event.type === 'target-response' && running.at(-1) === 'websocket-upgrade')
      heads.answer = event;
    else if (event.type === 'response-sent') {
      heads.sent = event;
      heads.changedBefore.sent = changed;
    }
  }
  return heads;
}

function noteChanges(event: EventOf<'policy-ended'>, changed: Map<string, string>): void {
  for (const { name } of event.context?.changes ?? []) {
    if (!name.startsWith(prefix)) continue;
    const header = name.slice(prefix.length).toLowerCase();
    if (!changed.has(header) || !containers.has(event.policy))
      changed.set(header, event.title || event.policy);
  }
}

export interface HeadText {
  start: string;
  headers: readonly Header[];
}

/** `GET /path HTTP/1.1`. */
export function requestHead(event: EventOf<'request-received'>): HeadText {
  return {
    start: `${event.method} ${event.path} HTTP/${event.httpVersion ?? '1.1'}`,
    headers: event.headers,
  };
}

export function targetHead({ method, url, headers }: EventOf<'target-request'>): HeadText {
  const path = URL.canParse(url) ? new URL(url) : { pathname: url, search: '' };
  return { start: `${method} ${path.pathname}${path.search} HTTP/1.1`, headers };
}

export function responseHead({
  status,
  reason,
  headers,
}: Pick<EventOf<'response-sent'>, 'status' | 'reason' | 'headers'>): HeadText {
  return { start: `HTTP/1.1 ${status} ${reason}`, headers };
}

/** As on the wire, one byte a character (Latin-1); white space around a value is not kept. */
export function headBytes({ start, headers }: HeadText): Uint8Array {
  const text = `${[start, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 255);
}

/** Sixteen bytes a line: where it begins, the bytes as hex, and what of them can be printed. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const line = bytes.subarray(at, at + 16);
    const hex = Array.from(line, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const printed = Array.from(line, (byte) =>
      byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.',
    ).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${printed}`);
  }
  return lines.join('\n');
}
