// `WebSocketServer` of the module `ws`: takes upgrades of an HTTP server, decides on each handshake, keeps the clients, and tells the script of them.
import EventEmitter from 'events';
import { currentPlace } from '../../../../gatewayscript/guest/place.js';
import { refuseAll } from '../http/server.js';

const FUNCTIONS = ['verifyClient', 'handleProtocols'];

export function createWebSocketServer({ host, http, later }, { WebSocket, makeClient, handleClient }) {
  class WebSocketServer extends EventEmitter {
    /** Handshakes that are no connections yet, by client: the request, and who is called with the connection. */
    #asked = new Map();
    #clients = new Map();
    #state = 'running';
    /** The HTTP server that it listens to; `null` where the script hands it the upgrades. */
    #server = null;
    #leave = () => {};

    constructor(options, callback) {
      super();
      checkOptions(options);
      this.options = { clientTracking: true, path: null, noServer: false, WebSocket, ...options };
      const { port, server, clientTracking, perMessageDeflate } = this.options;
      if (perMessageDeflate) console.warn(uncompressed(currentPlace()));
      if (clientTracking) this.clients = new Set();
      if (isGiven(port)) {
        this.#server = new http.Server(refuseAll);
        this.#server.listenOn(port, (right) => `{ port: ${right} }`);
        if (typeof callback === 'function') this.#server.once('listening', callback);
      } else if (server) this.#server = server;
      if (this.#server) this.#listenTo(this.#server);
    }

    address() {
      if (this.options.noServer) throw new Error('The server is operating in "noServer" mode');
      return this.#server ? this.#server.address() : null;
    }

    /** No new clients; `close` comes when the last one has gone. */
    close(callback) {
      const isOver = this.#state === 'over';
      if (typeof callback === 'function')
        this.once('close', () => (isOver ? callback(new Error('The server is not running')) : callback()));
      if (isOver) later(() => this.emit('close'));
      if (this.#state !== 'running') return;
      this.#state = 'closing';
      const server = this.#server;
      this.#leave();
      this.#server = null;
      if (isGiven(this.options.port)) server.close(() => this.#end());
      else this.#endIfEmpty();
    }

    /** Takes an upgrade, which is the `socket` that the script's HTTP server has told it with; `callback` gets the connection and the request. */
    handleUpgrade(request, socket, _head, callback) {
      const upgrade = http.upgradeOf(socket);
      if (!upgrade)
        throw new TypeError(
          'handleUpgrade: the socket is none that an HTTP server of this script has told with an upgrade',
        );
      // Refused, by this server or by another one, or gone.
      if (upgrade.refused || !socket.writable) return;
      if (upgrade.taken)
        throw new Error(
          'server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration',
        );
      const handles = Boolean(this.shouldHandle(request));
      Object.assign(upgrade, { taken: handles, refused: !handles });
      upgrade.take(this);
      this.#asked.set(upgrade.client, { request, callback });
      const { maxPayload } = this.options;
      const bound = Number.isSafeInteger(maxPayload) && maxPayload > 0 ? maxPayload : null;
      host.call('handshake', upgrade.client, bound, handles);
    }

    shouldHandle(request) {
      const { path } = this.options;
      return !path || request.url.split('?')[0] === path;
    }

    /** What the host tells. */
    handle(event) {
      if (event.type === 'handshake') return this.#decide(event);
      if (event.type === 'gone') return void this.#asked.delete(event.client);
      if (event.type === 'connection') return this.#connect(event);
      const socket = this.#clients.get(event.client);
      if (!socket) return;
      if (event.type === 'close') {
        this.#clients.delete(event.client);
        this.clients?.delete(socket);
        if (this.#state === 'closing' && !isGiven(this.options.port)) this.#endIfEmpty();
      }
      handleClient(socket, event);
    }

    #listenTo(server) {
      const listeners = {
        listening: () => this.emit('listening'),
        error: (error) => this.emit('error', error),
        upgrade: (request, socket, head) =>
          this.handleUpgrade(request, socket, head, (client) => this.emit('connection', client, request)),
      };
      for (const [name, listener] of Object.entries(listeners)) server.on(name, listener);
      this.#leave = () => {
        for (const [name, listener] of Object.entries(listeners)) server.removeListener(name, listener);
      };
    }

    #decide({ client, protocols, head }) {
      const { request } = this.#asked.get(client) ?? {};
      if (!request) return;
      const { verifyClient } = this.options;
      const refuse = (code, message, headers) => {
        this.#asked.delete(client);
        host.call('refuse', client, code ?? 401, message ?? null, headers ?? {});
      };
      const accept = () => {
        if (this.#state !== 'running') return refuse(503);
        host.call('accept', client, ...this.#answer(request, protocols, head));
      };
      if (!verifyClient) return accept();
      const info = { origin: request.headers.origin, secure: false, req: request };
      if (verifyClient.length !== 2) return verifyClient(info) ? accept() : refuse();
      return verifyClient(info, (verified, code, message, headers) =>
        verified ? accept() : refuse(code, message, headers),
      );
    }

    /** @returns the subprotocol, and the lines that listeners of `headers` have added */
    #answer(request, protocols, head) {
      const { handleProtocols } = this.options;
      let protocol = protocols[0] ?? '';
      if (handleProtocols && protocols.length > 0)
        protocol = handleProtocols(new Set(protocols), request) || '';
      const headers = protocol === '' ? [...head] : [...head, `Sec-WebSocket-Protocol: ${protocol}`];
      const before = headers.length;
      this.emit('headers', headers, request);
      return [`${protocol}`, headers.slice(before).map(String)];
    }

    #connect({ client, protocol }) {
      const asked = this.#asked.get(client);
      this.#asked.delete(client);
      if (!asked) return;
      const socket = makeClient(this.options.WebSocket, client, protocol, asked.request);
      this.#clients.set(client, socket);
      this.clients?.add(socket);
      asked.callback(socket, asked.request);
    }

    /** Without `clients` nobody is waited for, as in the package. */
    #endIfEmpty() {
      if (!this.clients?.size) later(() => this.#end());
    }

    #end() {
      this.#state = 'over';
      this.emit('close');
    }
  }
  return WebSocketServer;
}

function isGiven(port) {
  return port !== undefined && port !== null;
}

/** A handshake that offers compression is answered without, as the RFC has it: so the server runs. */
function uncompressed({ line }) {
  const at = line === null ? '' : `Line ${line}: `;
  return `${at}perMessageDeflate has no effect in the lab: no compression is negotiated, and every client gets its messages uncompressed`;
}

function checkOptions(options) {
  const { port, server, noServer } = options ?? {};
  if ([isGiven(port), server, noServer].filter(Boolean).length !== 1)
    throw new TypeError('One and only one of the "port", "server", or "noServer" options must be specified');
  if (server && typeof server.on !== 'function')
    throw new TypeError(
      'WebSocketServer: "server" is no server; expected what http.createServer() has returned',
    );
  for (const name of FUNCTIONS) {
    const value = options[name];
    if (value !== undefined && value !== null && typeof value !== 'function')
      throw new TypeError(`WebSocketServer: ${name} is ${typeof value}; expected a function`);
  }
}
