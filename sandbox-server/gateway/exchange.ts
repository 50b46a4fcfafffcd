// One request at the gateway, whichever port it came by, and the ways to answer it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Header } from '../gatewayscript/types.ts';
import { type ExchangeAccount, openAccount } from './exchange-account.ts';
import type { GatewayResponse } from './handshake/error-response.ts';
import { headBytes } from './handshake/head.ts';
import { hasToken, headerPairs, headerValues } from './handshake/headers.ts';
import type { ResponseHead } from './handshake/response-rules.ts';
import type { HeldBytes } from './held-bytes.ts';

/** What the gateway reads of a request, whichever version of HTTP brought it. */
export type ArrivedRequest = Pick<
  IncomingMessage,
  'method' | 'url' | 'rawHeaders' | 'headers' | 'httpVersion' | 'complete' | 'iterator'
>;

export interface Exchange {
  request: ArrivedRequest;
  /** The client's address. */
  remote: string;
  /** Whether it came as an upgrade, to whatever protocol: then Node has let go of the socket. */
  upgrade: boolean;
  /** Whether it asks for WebSocket, in `Upgrade` and `Connection`. */
  upgradable: boolean;
  /** The connection: closed when the exchange is over. */
  stream: Duplex;
  /** Aborted when the client has gone before its answer; the gateway aborts it too when it closes. */
  gone: AbortController;
  account: ExchangeAccount;
  /** Answers and ends the connection. Gives the head as it goes out. */
  answer(response: GatewayResponse): ResponseHead;
  /** Sends the head of a 101 exactly as given, and hands the connection over. */
  switchTo(head: ResponseHead): Switched;
  /** Sends the head of a 101 exactly as given, and ends the connection all the same: it stays HTTP. Gives the head as it goes out. */
  endAfter(head: ResponseHead): ResponseHead;
}

export interface Switched {
  /** As it goes out. */
  head: ResponseHead;
  /** With what the client has sent already; `null` where the request asked for no upgrade: then the connection ends after the head. */
  connection: { client: Duplex; clientHead: Buffer } | null;
}

/** Milliseconds that a client has to take its answer and close. */
const LINGER_MS = 5_000;

/** A request that came with `Upgrade`: Node has let go of the socket, the bytes are the gateway's to write. */
export function upgradeExchange(
  request: IncomingMessage,
  stream: Duplex,
  clientHead: Buffer,
  held: HeldBytes,
): Exchange {
  const gone = goneWith(stream);
  const account = openAccount(stream, held);
  const early = readEarly(stream, clientHead, gone, account);
  function end(bytes: Uint8Array): void {
    lingerAtMost(stream);
    stream.end(bytes);
    // What the client still sends is of no use, but must be read, or its end is never seen.
    early.take();
    stream.resume();
  }
  return {
    request,
    remote: remoteOf(request),
    upgrade: true,
    upgradable: hasToken(headerPairs(request.rawHeaders), 'Upgrade', 'websocket'),
    stream,
    gone,
    account,
    answer(response) {
      const head = { ...response, headers: closing(response.headers) };
      end(Buffer.concat([headBytes(head), response.body]));
      return head;
    },
    switchTo(head) {
      stream.write(headBytes(head));
      account.clear();
      return { head, connection: { client: stream, clientHead: early.take() } };
    },
    endAfter(head) {
      end(headBytes(head));
      return head;
    },
  };
}

/** Bytes that a client may send ahead of its answer; then it has to wait. */
const EARLY_BYTES = 65_536;

/**
 * Reads while the answer is made, since nobody who does not read learns that the other side has gone. What comes is kept, up to a
 * limit, for the tunnel; `take` gives it and stops reading.
 */
function readEarly(
  stream: Duplex,
  clientHead: Buffer,
  gone: AbortController,
  account: ExchangeAccount,
): { take(): Buffer } {
  let early = clientHead;
  account.add(clientHead.length);
  const keep = (chunk: Buffer) => {
    early = Buffer.concat([early, chunk]);
    account.add(chunk.length);
    if (early.length > EARLY_BYTES) stream.pause();
  };
  const leave = () => gone.abort();
  stream.on('data', keep);
  stream.once('end', leave);
  return {
    take() {
      stream.pause();
      stream.off('data', keep);
      stream.off('end', leave);
      return early;
    },
  };
}

/** A plain request: Node's own response object keeps order and case, too. */
export function plainExchange(request: IncomingMessage, response: ServerResponse, held: HeldBytes): Exchange {
  response.sendDate = false;
  function endAfter(head: ResponseHead): ResponseHead {
    // Past Node's response object, which would add `Connection` and `Keep-Alive` of its own to what a script composed.
    lingerAtMost(request.socket);
    request.socket.end(headBytes(head));
    return head;
  }
  return {
    request,
    remote: remoteOf(request),
    upgrade: false,
    upgradable: false,
    stream: request.socket,
    gone: goneWith(request.socket),
    account: openAccount(request.socket, held),
    answer({ body, ...given }) {
      const head = { ...given, headers: closing(given.headers) };
      lingerAtMost(request.socket);
      response.writeHead(head.status, head.reason, head.headers.flat());
      response.end(body, () => request.socket.end());
      return head;
    },
    switchTo: (head) => ({ head: endAfter(head), connection: null }),
    endAfter,
  };
}

/** One answer a connection keeps the bytes on it easy to follow; who needs many requests opens many connections. */
export function closing(headers: readonly Header[]): readonly Header[] {
  return headerValues(headers, 'Connection').length > 0 ? headers : [...headers, ['Connection', 'close']];
}

export function goneWith(stream: Duplex): AbortController {
  const gone = new AbortController();
  // Whoever ends the connection: its `close` is what counts.
  stream.on('error', () => {});
  stream.once('close', () => gone.abort());
  if (stream.closed) gone.abort();
  return gone;
}

export function lingerAtMost(stream: Duplex): void {
  const linger = setTimeout(() => stream.destroy(), LINGER_MS);
  stream.once('close', () => clearTimeout(linger));
}

/** An IPv4 address on a dual-stack port comes as `::ffff:127.0.0.1`. */
export function remoteOf({ socket }: { socket: { remoteAddress?: string | undefined } }): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
