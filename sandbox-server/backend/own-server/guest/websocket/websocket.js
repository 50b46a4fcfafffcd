// `WebSocket` of the module `ws`: one client of a server, or a connection that the script opens itself. The host speaks the protocol; this side has the state and the listeners.
import EventEmitter from 'events';
import { latin1 } from '../../../../gatewayscript/guest/host.js';
import { eventTarget } from './event-target.js';
import { asData, isCloseCode } from './values.js';

export const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
const [CONNECTING, OPEN, CLOSING, CLOSED] = READY_STATES.keys();
const BINARY_TYPES = ['nodebuffer', 'arraybuffer', 'fragments'];

/** @returns the class, and handleClient: takes what the host tells of one client */
export function createWebSocket({ host, Buffer, onOwn }) {
  /** Keys of what only this file may make and change. */
  const client = Symbol('client');
  const state = Symbol('state');
  /** Callbacks of `send`, `ping` and `pong` that wait, by the number that the host tells them by. */
  const callbacks = new Map();
  let lastCallback = 0;
  /** Connections that the script has opened, by their numbers, until they are closed. */
  const own = new Map();

  class WebSocket extends EventEmitter {
    #paused = false;
    #binaryType = 'nodebuffer';
    #url;

    /** @param address of a server; the lab's own code gives `client` and what it knows of one */
    constructor(address, protocols, options) {
      super();
      if (address === client) {
        const { id, protocol, request } = protocols;
        this[client] = id;
        this[state] = OPEN;
        this._protocol = protocol;
        /** People read addresses here. */
        this._socket = request.socket;
        return;
      }
      const asked = host.call('connect', `${address}`, ...handshakeOf(protocols, options));
      if (asked.invalid) throw new SyntaxError(asked.invalid);
      this.#url = asked.url;
      this[client] = asked.client;
      this[state] = CONNECTING;
      this._protocol = '';
      this._socket = null;
      own.set(asked.client, this);
    }

    get readyState() {
      return this[state];
    }
    get protocol() {
      return this._protocol;
    }
    get extensions() {
      return '';
    }
    get url() {
      return this.#url;
    }
    get isPaused() {
      return this.#paused;
    }
    get bufferedAmount() {
      return this[client] === undefined ? 0 : host.call('buffered', this[client]);
    }
    get binaryType() {
      return this.#binaryType;
    }
    set binaryType(type) {
      if (BINARY_TYPES.includes(type)) this.#binaryType = type;
    }

    send(data, options, callback) {
      if (typeof options === 'function') return this.send(data, {}, options);
      const { isText, value } = asData(Buffer, data);
      const binary = options?.binary ?? !isText;
      const fin = options?.fin === undefined || Boolean(options.fin);
      this.#write('send', { value, isText, binary, fin }, callback);
    }

    ping(data, mask, callback) {
      this.#control('ping', data, mask, callback);
    }

    pong(data, mask, callback) {
      this.#control('pong', data, mask, callback);
    }

    close(code, reason) {
      if (this[state] >= CLOSING) return;
      if (code !== undefined && !isCloseCode(code))
        throw new TypeError('First argument must be a valid error code number');
      const text = reason === undefined ? '' : `${reason}`;
      if (Buffer.byteLength(text) > 123)
        throw new RangeError('The message must not be greater than 123 bytes');
      this[state] = CLOSING;
      host.call('close', this[client], code ?? null, text);
    }

    terminate() {
      if (this[state] === CLOSED) return;
      this[state] = CLOSING;
      host.call('terminate', this[client]);
    }

    pause() {
      if (this[state] === CONNECTING || this[state] === CLOSED) return;
      this.#paused = true;
      host.call('pause', this[client]);
    }

    resume() {
      if (this[state] === CONNECTING || this[state] === CLOSED) return;
      this.#paused = false;
      host.call('resume', this[client]);
    }

    #control(call, data, mask, callback) {
      if (typeof data === 'function') return this.#control(call, undefined, undefined, data);
      if (typeof mask === 'function') return this.#control(call, data, undefined, mask);
      const { value, isText } = asData(Buffer, data);
      const bytes = isText ? Buffer.from(value) : value;
      if (bytes.length > 125) throw new RangeError('The data size must not be greater than 125 bytes');
      this.#write(call, { value: bytes, isText: false, binary: true, fin: true }, callback);
    }

    #write(call, { value, isText, binary, fin }, callback) {
      const done = typeof callback === 'function' ? callback : null;
      if (this[state] !== OPEN) {
        const name = READY_STATES[this[state]];
        const error = new Error(`WebSocket is not open: readyState ${this[state]} (${name})`);
        if (this[state] === CONNECTING) throw error;
        if (done) Promise.resolve().then(() => done(error));
        return;
      }
      if (done) {
        lastCallback += 1;
        callbacks.set(lastCallback, done);
      }
      const data = isText ? value : latin1(value);
      const encoding = isText ? 'utf8' : 'latin1';
      host.call(call, this[client], encoding, data, { binary, fin }, done ? lastCallback : 0);
    }
  }

  for (const [number, name] of READY_STATES.entries()) {
    for (const owner of [WebSocket, WebSocket.prototype])
      Object.defineProperty(owner, name, { value: number, enumerable: true });
  }
  Object.defineProperties(WebSocket.prototype, eventTarget);

  /** Text is a Buffer whatever the binary type is. */
  function messageOf(socket, bytes, binary) {
    if (!binary || socket.binaryType === 'nodebuffer') return bytes;
    if (socket.binaryType === 'fragments') return [bytes];
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }

  const handlers = {
    open(socket, { protocol }) {
      // Closed in the meantime: then its end is on the way.
      if (socket[state] !== CONNECTING) return;
      socket[state] = OPEN;
      socket._protocol = protocol;
      socket.emit('open');
    },
    message: (socket, { data, binary }) => socket.emit('message', messageOf(socket, data, binary), binary),
    ping: (socket, { data }) => socket.emit('ping', data),
    pong: (socket, { data }) => socket.emit('pong', data),
    error(socket, { name, message, code }) {
      // Nobody listens: then it is thrown, and ends the server, as Node has it.
      const why =
        socket.listenerCount('error') > 0
          ? message
          : `${message} (and the socket has no listener for 'error')`;
      const error = name === 'RangeError' ? new RangeError(why) : new Error(why);
      socket[state] = CLOSING;
      socket.emit('error', code === null ? error : Object.assign(error, { code }));
    },
    close(socket, { code, data }) {
      socket[state] = CLOSED;
      socket.emit('close', code, data);
    },
    written(_socket, { callback, failed }) {
      const done = callbacks.get(callback);
      callbacks.delete(callback);
      done?.(failed ? new Error('the connection ended before it was written') : null);
    },
  };

  const handleClient = (socket, event) => handlers[event.type]?.(socket, event);
  onOwn((event) => {
    const socket = own.get(event.client);
    if (event.type === 'close') own.delete(event.client);
    if (socket) handleClient(socket, event);
  });
  return {
    WebSocket,
    /** `Class` may be the script's own, which extends this one. */
    makeClient: (Class, id, protocol, request) => new Class(client, { id, protocol, request }),
    handleClient,
  };
}

/** @returns subprotocols and options as the host takes them. `protocols` may be left out, one, or a list; or among the options */
function handshakeOf(protocols, options) {
  const isOptions = typeof protocols === 'object' && protocols !== null && !Array.isArray(protocols);
  const given = (isOptions ? protocols : options) ?? {};
  const wanted = (isOptions ? undefined : protocols) ?? given.protocols ?? [];
  const { headers = {}, origin = null, handshakeTimeout = null, maxPayload = null, autoPong = true } = given;
  if (given.perMessageDeflate)
    console.warn('perMessageDeflate has no effect in the lab: messages go uncompressed');
  return [
    (Array.isArray(wanted) ? wanted : [wanted]).map(String),
    { headers, origin, handshakeTimeout, maxPayload, autoPong },
  ];
}
