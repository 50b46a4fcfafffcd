// A request over HTTP/2: it has no way to upgrade, since the headers that would ask for it do not exist there (RFC 9113 §8.2.2).
import { constants, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type ArrivedRequest, type Exchange, goneWith, lingerAtMost, remoteOf } from './exchange.ts';
import { isFraming } from './handshake/response.ts';

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
): Exchange {
  const { stream } = request;
  response.sendDate = false;
  const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), requestMs);
  for (const over of ['end', 'close']) request.once(over, () => clearTimeout(late));
  // A 101 has no meaning in HTTP/2 (RFC 9113 §8.6): the stream ends as one that cannot be answered.
  const endAfter = () => stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED);
  return {
    request: asArrived(request),
    remote: remoteOf(request),
    upgrade: false,
    upgradable: false,
    stream,
    gone: goneWith(stream),
    answer({ body, ...head }) {
      lingerAtMost(stream);
      const headers = head.headers.filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
      for (const [name, value] of headers) if (!isFraming(name)) response.appendHeader(name, value);
      response.writeHead(head.status);
      response.end(body);
      return { ...head, headers };
    },
    switchTo() {
      endAfter();
      return null;
    },
    endAfter,
  };
}

/** Ends a stream whose sandbox does not offer HTTP/2: the client shall come again over HTTP/1.1 (RFC 9113 §7). */
export function refuseHttp2(request: Http2ServerRequest): void {
  request.stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED);
}

/** Pseudo headers are the request line; `:authority` is the host. */
function asArrived(request: Http2ServerRequest): ArrivedRequest {
  const rawHeaders: string[] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(i, i + 2);
    if (name === ':authority') rawHeaders.push('Host', value);
    else if (!name.startsWith(':')) rawHeaders.push(name, value);
  }
  return {
    method: request.method,
    url: request.url,
    rawHeaders,
    headers: request.headers,
    httpVersion: request.httpVersion,
    get complete() {
      return request.complete;
    },
    iterator: (options) => request.iterator(options),
  };
}
