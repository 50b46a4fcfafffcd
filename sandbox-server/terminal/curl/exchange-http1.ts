// curl's request over HTTP/1.1: the reader's headers and no others, and the answer with names, order and reason as they came.
import { type IncomingMessage, request } from 'node:http';
import { headerPairs } from '../../gateway/handshake/headers.ts';
import type { Header } from '../../gatewayscript/types.ts';
import type { CurlEnd, CurlExchange } from './curl.ts';
import { createAnswerPrinter } from './print-answer.ts';

export async function exchangeHttp1({ socket, options, target, io }: CurlExchange): Promise<CurlEnd> {
  const printer = createAnswerPrinter(options, io);
  const host = options.host ?? target.host;
  const headers: Header[] = [
    ...(host === '' ? [] : [['Host', host] as const]),
    ...(target.authorization === null ? [] : [['Authorization', target.authorization] as const]),
    ...options.headers,
  ];
  const sent = request({
    createConnection: () => socket,
    method: options.method,
    path: target.path,
    headers: headers.flat(),
    setDefaultHeaders: false,
  });
  const answered = Promise.withResolvers<{ answer: IncomingMessage; upgraded: Buffer | null }>();
  sent.once('response', (answer) => answered.resolve({ answer, upgraded: null }));
  sent.once('upgrade', (answer, _, first) => answered.resolve({ answer, upgraded: first }));
  sent.once('error', answered.reject);
  io.signal.addEventListener('abort', () => answered.reject(io.signal.reason), { once: true });
  printer.request(`${options.method} ${target.path} HTTP/1.1`, headers);
  sent.end(options.body ?? undefined);
  try {
    const { answer, upgraded } = await answered.promise;
    const status = answer.statusCode ?? 0;
    printer.head(
      `HTTP/${answer.httpVersion} ${status} ${answer.statusMessage ?? ''}`,
      headerPairs(answer.rawHeaders),
    );
    if (upgraded !== null) {
      io.note('The connection is open now, but curl speaks no WebSocket: it waits. Ctrl-C ends it.\n');
      printer.body(upgraded);
    }
    // After a 101 the answer has no end of its own: what comes is what the socket brings.
    for await (const chunk of upgraded === null ? answer : socket) {
      printer.body(chunk);
      if (io.behind()) await io.caughtUp();
    }
    return { exit: 0, status };
  } catch {
    io.signal.throwIfAborted();
    return { exit: 52, status: null };
  } finally {
    if (!io.signal.aborted) printer.end();
  }
}
