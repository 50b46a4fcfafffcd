// `WebSocket` of the module `ws`, as a server has it: one client. The host speaks the protocol; this side has the state and the listeners.
import EventEmitter from 'events';
import { latin1 } from '../../../../gatewayscript/guest/host.js';
import { eventTarget } from './event-target.js';
import { asData, isCloseCode } from './values.js';

export const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
const [, OPEN, CLOSING, CLOSED] = READY_STATES.keys();
const BINARY_TYPES = ['nodebuffer', 'arraybuffer', 'fragments'];

/** @returns the class, and handleClient: takes what the host tells of one client */
export function createWebSocket({ host, Buffer }) {
  /** Keys of what only this file may make and change. */
  const client = Symbol('client');
  const state = Symbol('state');
  /** Callbacks of `send`, `ping` and `pong` that wait, by the number that the host tells them by. */
  const callbacks = new Map();
  let lastCallback = 0;

  class WebSocket extends EventEmitter {
    #paused = false;
    #binaryType = 'nodebuffer';

    constructor(made, id, protocol, request) {
      super();
      if (made !== client)
        throw new Error('new WebSocket: a server of the lab is connected to, and cannot connect to others');
      this[client] = id;
      this[state] = OPEN;
      this._protocol = protocol;
      /** People read addresses here. */
      this._socket = request.socket;
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
      return undefined;
    }
    get isPaused() {
      return this.#paused;
    }
    get bufferedAmount() {
      return host.call('buffered', this[client]);
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
      this.#write('send', { value, isText, binary }, callback);
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
      if (this[state] === CLOSED) return;
      this.#paused = true;
      host.call('pause', this[client]);
    }

    resume() {
      if (this[state] === CLOSED) return;
      this.#paused = false;
      host.call('resume', this[client]);
    }

    #control(call, data, mask, callback) {
      if (typeof data === 'function') return this.#control(call, undefined, undefined, data);
      if (typeof mask === 'function') return this.#control(call, data, undefined, mask);
      const { value, isText } = asData(Buffer, data);
      const bytes = isText ? Buffer.from(value) : value;
      if (bytes.length > 125) throw new RangeError('The data size must not be greater than 125 bytes');
      this.#write(call, { value: bytes, isText: false, binary: true }, callback);
    }

    #write(call, { value, isText, binary }, callback) {
      const done = typeof callback === 'function' ? callback : null;
      if (this[state] !== OPEN) {
        const name = READY_STATES[this[state]];
        const error = new Error(`WebSocket is not open: readyState ${this[state]} (${name})`);
        if (done) Promise.resolve().then(() => done(error));
        return;
      }
      if (done) {
        lastCallback += 1;
        callbacks.set(lastCallback, done);
      }
      const data = isText ? value : latin1(value);
      host.call(call, this[client], isText ? 'utf8' : 'latin1', data, binary, done ? lastCallback : 0);
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
      done?.(failed ? new Error('the connection ended before it was written') : undefined);
    },
  };

  return {
    WebSocket,
    makeClient: (id, protocol, request) => new WebSocket(client, id, protocol, request),
    handleClient: (socket, event) => handlers[event.type]?.(socket, event),
  };
}
