// `WebSocketServer` of the module `ws`: decides on each handshake, keeps the clients, and tells the script of them.
import EventEmitter from 'events';
import { currentPlace } from '../../../../gatewayscript/guest/place.js';

const FUNCTIONS = ['verifyClient', 'handleProtocols'];

export function createWebSocketServer(sockets, { makeClient, handleClient }) {
  const { host } = sockets;

  class WebSocketServer extends EventEmitter {
    /** Handshakes that the script has seen and that are no connections yet, by client. */
    #requests = new Map();
    #clients = new Map();
    #state = 'running';

    constructor(options, callback) {
      super();
      checkOptions(options, host.call('port'));
      this.options = { clientTracking: true, path: null, ...options };
      const { port, path, maxPayload, clientTracking, perMessageDeflate } = this.options;
      if (perMessageDeflate) console.warn(uncompressed(currentPlace()));
      sockets.listen(this, {
        port: Number(port),
        path: typeof path === 'string' ? path : null,
        maxPayload: Number.isSafeInteger(maxPayload) && maxPayload > 0 ? maxPayload : null,
      });
      if (clientTracking) this.clients = new Set();
      if (typeof callback === 'function') this.once('listening', callback);
      setImmediate(() => this.emit('listening'));
    }

    address() {
      return this.#state === 'running' ? { address: '::', family: 'IPv6', port: host.call('port') } : null;
    }

    /** No new clients; `close` comes when the last one has gone. */
    close(callback) {
      if (typeof callback === 'function')
        this.once('close', () =>
          this.#state === 'over' ? callback(new Error('The server is not running')) : callback(),
        );
      if (this.#state !== 'running') return;
      this.#state = 'closing';
      sockets.unlisten();
      this.#closeIfEmpty();
    }

    handleUpgrade() {
      throw new Error(
        'handleUpgrade: the lab does the handshake itself; write new WebSocketServer({ port })',
      );
    }

    shouldHandle(request) {
      const { path } = this.options;
      return !path || request.url.split('?')[0] === path;
    }

    /** What the host tells. */
    handle(event) {
      if (event.type === 'upgrade') return this.#decide(event);
      if (event.type === 'gone') return void this.#requests.delete(event.client);
      if (event.type === 'connection') return this.#connect(event);
      const socket = this.#clients.get(event.client);
      if (!socket) return;
      if (event.type === 'close') {
        this.#clients.delete(event.client);
        this.clients?.delete(socket);
        this.#closeIfEmpty();
      }
      handleClient(socket, event);
    }

    #decide({ client, request: told, protocols, head }) {
      const request = requestOf(told);
      this.#requests.set(client, request);
      const { verifyClient } = this.options;
      const refuse = (code, message, headers) => {
        this.#requests.delete(client);
        host.call('refuse', client, code ?? 401, message ?? null, headers ?? {});
      };
      const accept = () => host.call('accept', client, ...this.#answer(request, protocols, head));
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
      const request = this.#requests.get(client);
      this.#requests.delete(client);
      if (!request) return;
      const socket = makeClient(client, protocol, request);
      this.#clients.set(client, socket);
      this.clients?.add(socket);
      this.emit('connection', socket, request);
    }

    #closeIfEmpty() {
      if (this.#state !== 'closing' || this.#clients.size > 0) return;
      setImmediate(() => {
        this.emit('close');
        this.#state = 'over';
      });
    }
  }
  return WebSocketServer;
}

/** A handshake that offers compression is answered without, as the RFC has it: so the server runs. */
function uncompressed({ line }) {
  const at = line === null ? '' : `Line ${line}: `;
  return `${at}perMessageDeflate has no effect in the lab: no compression is negotiated, and every client gets its messages uncompressed`;
}

function checkOptions(options, expected) {
  const { port, server, noServer } = options ?? {};
  if (server || noServer)
    throw new TypeError(
      `WebSocketServer: there is no ${server ? 'HTTP server to attach to ("server")' : 'upgrade to take over ("noServer")'} in the lab: it listens by itself, so write new WebSocketServer({ port: ${expected} })`,
    );
  if (port === undefined || port === null)
    throw new TypeError('One and only one of the "port", "server", or "noServer" options must be specified');
  for (const name of FUNCTIONS) {
    const value = options[name];
    if (value !== undefined && value !== null && typeof value !== 'function')
      throw new TypeError(`WebSocketServer: ${name} is ${typeof value}; expected a function`);
  }
}

/** The handshake as Node gives it to a script. */
function requestOf({ method, url, httpVersion, headers, rawHeaders, remoteAddress }) {
  const socket = { remoteAddress, remotePort: 0, remoteFamily: 'IPv4', encrypted: false };
  return Object.assign(new EventEmitter(), {
    method,
    url,
    httpVersion,
    headers,
    rawHeaders,
    socket,
    connection: socket,
  });
}
