// A client that the server runs against the reader's own endpoint, where the page's browser cannot be that client.
import { curl } from './clients/curl.ts';
import { curlHttp2 } from './clients/curl-http2.ts';
import { websocat } from './clients/websocat.ts';
import { wscat } from './clients/wscat.ts';

export const PROBE_CLIENTS = ['wscat', 'websocat', 'curl', 'curl-http2'] as const;

/** What one probe shall do. */
export interface ProbeAsk {
  client: (typeof PROBE_CLIENTS)[number];
  method: string;
  /** Request target with the query, in origin form, organization and catalog included. */
  target: string;
  headers: readonly (readonly [name: string, value: string])[];
  /** Subprotocols that it offers. */
  protocols: readonly string[];
  /** Sent one after the other, each when the last was answered or `replyMs` are over. */
  messages: readonly ProbeMessage[];
  /** Milliseconds between pings; `null` for none. */
  pingMs: number | null;
  /** Milliseconds that it stays connected after its last message. */
  stayMs: number;
  /** Milliseconds that it waits for an answer to a message. */
  replyMs: number;
}

export type ProbeMessage = { text: string } | { hex: string };

/** The gateway's TLS listener. `servername` is the name that the client asks for (RFC 6066 §3). */
export interface ProbeEndpoint {
  host: string;
  port: number;
  servername: string;
}

export interface ProbeResult {
  /** Whether it took the connection for a WebSocket. */
  opened: boolean;
  /** Of the response; `null` where none came. */
  status: number | null;
  /** The gateway's transaction id, by which its events are found. */
  connection: string | null;
  /** What such a client prints. */
  lines: string[];
}

/** What a client is given to tell its story. Lines beyond the bound are counted, not kept. */
export interface ProbeRun {
  ask: ProbeAsk;
  endpoint: ProbeEndpoint;
  print(line: string): void;
  /** Aborted when the time is over. */
  signal: AbortSignal;
}

/** Runs to its end; rejects with an error whose message says what went wrong on the way. */
export type ProbeClient = (run: ProbeRun) => Promise<Omit<ProbeResult, 'lines'>>;

const CLIENTS: Record<ProbeAsk['client'], ProbeClient> = { wscat, websocat, curl, 'curl-http2': curlHttp2 };

const MAX_LINES = 200;
const MAX_LINE_CHARS = 2_000;

/** Runs one client for at most `maxMs`. Never rejects: what goes wrong is its last line. */
export async function runProbe(ask: ProbeAsk, endpoint: ProbeEndpoint, maxMs: number): Promise<ProbeResult> {
  const lines: string[] = [];
  let more = 0;
  const print = (line: string) => {
    if (lines.length >= MAX_LINES) more += 1;
    else lines.push(line.length > MAX_LINE_CHARS ? `${line.slice(0, MAX_LINE_CHARS)}…` : line);
  };
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new Error(`no end within ${maxMs / 1_000} s`)), maxMs);
  try {
    const end = await CLIENTS[ask.client]({ ask, endpoint, print, signal: over.signal });
    if (more > 0) lines.push(`… and ${more} lines more`);
    return { ...end, lines };
  } catch (error) {
    print(`${ask.client}: ${error instanceof Error ? error.message : 'unknown error'}`);
    return { opened: false, status: null, connection: null, lines };
  } finally {
    clearTimeout(timer);
    // Whatever is still open hangs on this signal.
    over.abort();
  }
}
