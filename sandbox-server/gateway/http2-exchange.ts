// A request over HTTP/2: it has no way to upgrade, since the headers that would ask for it do not exist there (RFC 9113 §8.2.2).
import { constants, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { Header } from '../gatewayscript/types.ts';
import { type ArrivedRequest, type Exchange, goneWith, lingerAtMost, remoteOf } from './exchange.ts';
import { openAccount } from './exchange-account.ts';
import { headerPairs, headerValue, headerValues } from './handshake/headers.ts';
import { isFraming } from './handshake/response.ts';
import type { ResponseHead } from './handshake/response-rules.ts';
import type { HeldBytes } from './held-bytes.ts';

/** Headers of an HTTP/1.1 connection, which no HTTP/2 response may have. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** `requestMs` is the time that a client has for its whole request, as Node's `requestTimeout` is for HTTP/1.1. */
export function http2Exchange(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  requestMs: number,
  held: HeldBytes,
): Exchange {
  const { stream } = request;
  response.sendDate = false;
  const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), requestMs);
  for (const over of ['end', 'close']) request.once(over, () => clearTimeout(late));
  // A 101 has no meaning in HTTP/2 (RFC 9113 §8.6): the stream ends as one that cannot be answered.
  function endAfter(head: ResponseHead): ResponseHead {
    stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED);
    return head;
  }
  return {
    request: asArrived(request),
    remote: remoteOf(request),
    upgrade: false,
    upgradable: false,
    stream,
    gone: goneWith(stream),
    account: openAccount(stream, held),
    answer({ body, ...head }) {
      lingerAtMost(stream);
      const headers = head.headers.filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
      for (const [name, value] of headers) if (!isFraming(name)) response.appendHeader(name, value);
      response.writeHead(head.status);
      response.end(body);
      return { ...head, headers };
    },
    switchTo: (head) => ({ head: endAfter(head), connection: null }),
    endAfter,
  };
}

/** Ends a stream whose sandbox does not offer HTTP/2: the client shall come again over HTTP/1.1 (RFC 9113 §7). */
export function refuseHttp2(request: Http2ServerRequest): void {
  request.stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED);
}

function asArrived(request: Http2ServerRequest): ArrivedRequest {
  return {
    method: request.method,
    url: request.url,
    rawHeaders: asHttp11(headerPairs(request.rawHeaders)).flat(),
    headers: request.headers,
    httpVersion: request.httpVersion,
    get complete() {
      return request.complete;
    },
    iterator: (options) => request.iterator(options),
  };
}

/**
 * As an HTTP/1.1 request has its headers: `:authority` is the host, and a `host` that says the same is not told twice (RFC 9113 §8.3.1);
 * the pieces of a cookie are one line (§8.2.3). All other pseudo headers are the request line.
 */
function asHttp11(headers: readonly Header[]): Header[] {
  const authority = headerValue(headers, ':authority');
  const cookie = headerValues(headers, 'cookie').join('; ');
  const rest = headers.filter(
    ([name, value]) =>
      !name.startsWith(':') && name !== 'cookie' && !(name === 'host' && value === authority),
  );
  return [
    ...(authority === undefined ? [] : [['Host', authority] satisfies Header]),
    ...rest,
    ...(cookie === '' ? [] : [['cookie', cookie] satisfies Header]),
  ];
}
