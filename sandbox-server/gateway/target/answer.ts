// Speaks HTTP to a target: sends one request and tells what came back, a switch of protocols, a response, or why none.
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Header } from '../../gatewayscript/types.ts';
import { headerPairs } from '../handshake/headers.ts';
import type { ResponseHead } from '../handshake/response-rules.ts';
import { type HeldBytes, UNCOUNTED_BYTES } from '../held-bytes.ts';

export interface TargetRequest {
  method: string;
  /** Origin form, with the query. */
  path: string;
  headers: readonly Header[];
  body?: Uint8Array;
  /** A fresh byte stream to the target. May throw. */
  connect(): Duplex;
  timeoutMs: number;
  headMaxBytes: number;
  bodyMaxBytes: number;
  /** What has come of a body that is not whole is counted here, where it is given. */
  held?: HeldBytes | undefined;
  /** Aborted when the client has gone: the target's stream is then destroyed. */
  signal: AbortSignal;
}

export type TargetAnswer =
  | { kind: 'switched'; httpVersion: string; head: ResponseHead; stream: Duplex; rest: Buffer }
  | { kind: 'answered'; httpVersion: string; head: ResponseHead; body: Buffer }
  | { kind: 'failed'; reason: string };

/** Shares nothing with what was asked, since it stays with a stream that is switched. */
const ignore = () => {};

/** Never rejects. Whatever the end, no timer and, but for `switched`, no stream is left. */
export function askTarget(ask: TargetRequest): Promise<TargetAnswer> {
  return new Promise((resolve) => {
    let request: ClientRequest;
    let stream: Duplex | undefined;
    let settled = false;
    const account = {
      cut: () => settle(failed('too many bytes wait in the gateway’s connections, and this answer was cut')),
    };
    const timer = setTimeout(
      () => settle(failed(`no answer within ${ask.timeoutMs / 1000} s`)),
      ask.timeoutMs,
    );
    const onAbort = () => settle(failed('the client has gone'));
    ask.signal.addEventListener('abort', onAbort, { once: true });

    function settle(answer: TargetAnswer): void {
      settled = true;
      ask.held?.set(account, 0);
      clearTimeout(timer);
      ask.signal.removeEventListener('abort', onAbort);
      if (answer.kind !== 'switched') {
        request?.destroy();
        stream?.destroy();
      }
      resolve(answer);
    }

    if (ask.signal.aborted) return onAbort();
    try {
      stream = ask.connect();
      const connected = stream;
      // A stream may fail before or after Node's client listens to it.
      connected.on('error', ignore);
      request = httpRequest({
        createConnection: () => connected,
        method: ask.method,
        path: ask.path,
        headers: ask.headers.flat(),
        setHost: false,
        maxHeaderSize: ask.headMaxBytes,
      });
    } catch (error) {
      return settle(failed(reasonOf(error)));
    }
    request.on('error', (error) => settle(failed(reasonOf(error))));
    request.on('upgrade', (response, switched, rest) =>
      settle({ kind: 'switched', ...startOf(response), stream: switched, rest }),
    );
    request.on('response', (response) => {
      const count = (bytes: number) => {
        if (bytes > UNCOUNTED_BYTES && !settled) ask.held?.set(account, bytes);
      };
      readBody(response, ask.bodyMaxBytes, count).then(
        (body) => settle({ kind: 'answered', ...startOf(response), body }),
        (error: unknown) => settle(failed(reasonOf(error))),
      );
    });
    request.end(ask.body);
  });
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  count: (bytes: number) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`the answer's body is over ${maxBytes} bytes`);
    chunks.push(chunk);
    count(bytes);
  }
  return Buffer.concat(chunks);
}

function startOf(response: IncomingMessage): { httpVersion: string; head: ResponseHead } {
  const head = {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: headerPairs(response.rawHeaders),
  };
  return { httpVersion: response.httpVersion, head };
}

function failed(reason: string): TargetAnswer {
  return { kind: 'failed', reason };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // OpenSSL's: its message has places in its source, and a line end.
  if (!('library' in error && 'reason' in error)) return error.message;
  const { reason } = error;
  const mend =
    reason === 'wrong version number' ? '. A server that speaks plain HTTP is reached by http://' : '';
  return `the TLS handshake failed: ${reason}${mend}`;
}
