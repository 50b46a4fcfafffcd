// `http.ServerResponse`: gathers what the script answers, and sends it when the script ends it.
import EventEmitter from 'events';
import { received } from '../received.js';

export function createServerResponseClass({ host, Buffer }) {
  return class ServerResponse extends EventEmitter {
    statusCode = 200;
    statusMessage = undefined;
    headersSent = false;
    writableEnded = false;
    writableFinished = false;
    #headers = new Map();
    #pieces = [];
    #send;

    /** @param send takes status, reason or `null`, pairs of header name and value, and the body */
    constructor(request, send) {
      super();
      Object.assign(this, { req: request, socket: request.socket, connection: request.socket });
      this.#send = send;
    }

    get finished() {
      return this.writableEnded;
    }

    setHeader(name, value) {
      this.#beforeHead('set');
      if (value === undefined)
        throw coded(
          new TypeError(`Invalid value "undefined" for header "${name}"`),
          'ERR_HTTP_INVALID_HEADER_VALUE',
        );
      host.call(
        'header',
        `${name}`,
        [value].flat().map((each) => `${each}`),
      );
      this.#headers.set(`${name}`.toLowerCase(), [`${name}`, value]);
      return this;
    }
    appendHeader(name, value) {
      const before = this.getHeader(name);
      return this.setHeader(name, before === undefined ? value : [before, value].flat());
    }
    getHeader(name) {
      return this.#headers.get(`${name}`.toLowerCase())?.[1];
    }
    hasHeader(name) {
      return this.#headers.has(`${name}`.toLowerCase());
    }
    getHeaders() {
      return Object.fromEntries([...this.#headers].map(([name, [, value]]) => [name, value]));
    }
    getHeaderNames() {
      return [...this.#headers.keys()];
    }
    removeHeader(name) {
      this.#beforeHead('remove');
      this.#headers.delete(`${name}`.toLowerCase());
    }
    flushHeaders() {
      this.#beginBody();
    }

    writeHead(status, ...rest) {
      const [reason, headers] = typeof rest[0] === 'string' ? rest : [undefined, rest[0] ?? rest[1]];
      this.#beforeHead('write');
      this.statusCode = statusOf(status);
      if (reason !== undefined) this.statusMessage = reason;
      for (const [name, value] of pairsOf(headers)) this.setHeader(name, value);
      this.headersSent = true;
      return this;
    }

    write(data, encoding, callback) {
      if (typeof encoding === 'function') return this.write(data, undefined, encoding);
      if (this.writableEnded) throw coded(new Error('write after end'), 'ERR_STREAM_WRITE_AFTER_END');
      const piece = pieceOf(Buffer, data, encoding);
      this.#beginBody();
      this.#pieces.push(piece);
      if (typeof callback === 'function') this.once('finish', callback);
      return true;
    }

    end(data, encoding, callback) {
      if (typeof data === 'function') return this.end(undefined, undefined, data);
      if (typeof encoding === 'function') return this.end(data, undefined, encoding);
      if (this.writableEnded) return this;
      if (data !== undefined && data !== null) this.write(data, encoding);
      if (typeof callback === 'function') this.once('finish', callback);
      this.#beginBody();
      this.writableEnded = true;
      const pairs = [...this.#headers.values()].flatMap(([name, value]) =>
        [value].flat().map((each) => [name, `${each}`]),
      );
      const reason = this.statusMessage ? `${this.statusMessage}` : null;
      this.#send(this.statusCode, reason, pairs, Buffer.concat(this.#pieces));
      this.#pieces = [];
      return this;
    }

    destroy() {
      this.socket.destroy();
      return this;
    }
    setTimeout() {
      return this;
    }

    /** The head as it is now is that of the answer. */
    #beginBody() {
      this.statusCode = statusOf(this.statusCode);
      this.headersSent = true;
    }

    #beforeHead(what) {
      if (this.headersSent)
        throw coded(
          new Error(`Cannot ${what} headers after they are sent to the client`),
          'ERR_HTTP_HEADERS_SENT',
        );
    }
  };
}

/** As Node reads it: `'404'` is one too. */
function statusOf(given) {
  const status = given | 0;
  if (status >= 100 && status <= 999) return status;
  throw coded(new RangeError(`Invalid status code: ${given}`), 'ERR_HTTP_INVALID_STATUS_CODE');
}

/** Headers are an object, or a list of names and values in turn. */
function pairsOf(headers) {
  if (!Array.isArray(headers)) return Object.entries(headers ?? {});
  if (Array.isArray(headers[0])) return headers;
  return headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1]]] : []));
}

function pieceOf(Buffer, data, encoding) {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  if (data instanceof Uint8Array) return Buffer.from(data);
  if (data === null)
    throw coded(new TypeError('May not write null values to stream'), 'ERR_STREAM_NULL_VALUES');
  throw coded(
    new TypeError(
      `The "chunk" argument must be of type string or an instance of Buffer or Uint8Array. ${received(data)}`,
    ),
    'ERR_INVALID_ARG_TYPE',
  );
}

function coded(error, code) {
  return Object.assign(error, { code });
}
