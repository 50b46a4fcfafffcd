// curl's request over HTTP/2, where the gateway offers it: names in lower case, and none of the headers that HTTP/2 does not have.
import { connect } from 'node:http2';
import { headerPairs, headerValue } from '../../gateway/handshake/headers.ts';
import type { Header } from '../../gatewayscript/types.ts';
import type { CurlEnd, CurlExchange } from './curl.ts';
import { createAnswerPrinter } from './print-answer.ts';

/** Headers of an HTTP/1.1 connection (RFC 9113 §8.2.2): this is where a handshake loses what makes it one. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'upgrade',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
]);

export async function exchangeHttp2({ socket, options, target, io }: CurlExchange): Promise<CurlEnd> {
  const printer = createAnswerPrinter(options, io);
  const authority = options.host ?? target.host;
  const session = connect(`https://${target.host}`, { createConnection: () => socket });
  const failed = Promise.withResolvers<never>();
  session.once('error', failed.reject);
  const abort = () => failed.reject(io.signal.reason);
  io.signal.addEventListener('abort', abort, { once: true });
  failed.promise.catch(() => {});
  try {
    const given: Header[] = [
      ...(target.authorization === null ? [] : [['authorization', target.authorization] as const]),
      ...options.headers.map(([name, value]): Header => [name.toLowerCase(), value]),
    ];
    const headers = given.filter(([name]) => !OF_THE_CONNECTION.has(name));
    const stream = session.request(
      {
        ':method': options.method,
        ':path': target.path,
        ':scheme': 'https',
        ':authority': authority,
        ...gathered(headers),
      },
      { endStream: options.body === null },
    );
    stream.once('error', failed.reject);
    printer.request(`${options.method} ${target.path} HTTP/2`, [['Host', authority], ...headers]);
    if (options.body !== null) stream.end(options.body);
    const answered = new Promise<string[]>((resolve) =>
      stream.once('response', (_headers, _flags, raw) => resolve(raw)),
    );
    const answer = headerPairs(await Promise.race([answered, failed.promise]));
    const status = Number(headerValue(answer, ':status'));
    printer.head(
      `HTTP/2 ${status} `,
      answer.filter(([name]) => !name.startsWith(':')),
    );
    for await (const chunk of stream) {
      printer.body(chunk);
      if (io.behind()) await io.caughtUp();
    }
    return { exit: 0, status };
  } catch {
    io.signal.throwIfAborted();
    return { exit: 52, status: null };
  } finally {
    io.signal.removeEventListener('abort', abort);
    session.destroy();
    if (!io.signal.aborted) printer.end();
  }
}

/** Repeated headers as lists, in the form that Node takes. */
function gathered(headers: readonly Header[]): Record<string, string | string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of headers) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(
    [...all].map(([name, values]) => [name, values.length === 1 ? values.join() : values]),
  );
}
