// `http.Server` on the script's port: requests go to the script, and upgrades to the WebSocketServer that takes them.
import STATUS_CODES from 'lab:status-codes';
import EventEmitter from 'events';
import { latin1 } from '../../../../gatewayscript/guest/host.js';
import { createIncomingMessageClass } from './incoming-message.js';
import { createServerResponseClass } from './server-response.js';
import { createSocketClass } from './socket.js';

/** @returns the classes, and upgradeOf: what a socket came with */
export function createHttp({ host, Buffer, later, sockets }) {
  const Socket = createSocketClass({ host, Buffer, later });
  const IncomingMessage = createIncomingMessageClass({ Buffer, later });
  const ServerResponse = createServerResponseClass({ host, Buffer });
  /** By socket: the client, and how a WebSocketServer takes it. */
  const upgrades = new WeakMap();

  class Server extends EventEmitter {
    #state = 'closed';
    /** What is to do at the end of each client that is here. */
    #open = new Map();
    /** The WebSocketServers that have taken clients. */
    #owners = new Map();

    constructor(options, listener = options) {
      super();
      if (typeof listener === 'function') this.on('request', listener);
    }

    get listening() {
      return this.#state === 'listening';
    }

    /** `port`, or `{ port }`; the host has no meaning here, and the callback comes last. */
    listen(first, ...rest) {
      const port = typeof first === 'object' && first !== null ? first.port : first;
      this.listenOn(port, (right) => `server.listen(${right})`);
      const callback = [first, ...rest].findLast((each) => typeof each === 'function');
      if (callback) this.once('listening', callback);
      return this;
    }

    /** @param form how the script would write the right port */
    listenOn(port, form) {
      const right = host.call('port');
      if (Number(port) !== right)
        throw new Error(
          `port ${typeof port === 'function' ? undefined : port} is not the one that this server is deployed to: its clients come to port ${right}, which their target-url names; write ${form(right)}`,
        );
      sockets.listen(this);
      this.#state = 'listening';
      later(() => this.emit('listening'));
    }

    address() {
      return this.listening ? { address: '::', family: 'IPv6', port: host.call('port') } : null;
    }

    /** No new clients; `close` comes when the last one has gone. */
    close(callback) {
      const wasListening = this.listening;
      if (typeof callback === 'function')
        this.once('close', () =>
          wasListening
            ? callback()
            : callback(
                Object.assign(new Error('Server is not running.'), { code: 'ERR_SERVER_NOT_RUNNING' }),
              ),
        );
      if (wasListening) {
        this.#state = 'closing';
        sockets.unlisten();
      }
      this.#closeIfEmpty();
      return this;
    }

    setTimeout() {
      return this;
    }

    /** What the host tells. */
    handle(event) {
      const { type, client } = event;
      if (type === 'request') return this.#request(event);
      if (type === 'upgrade') return this.#upgrade(event);
      const owner = this.#owners.get(client);
      const open = this.#open.get(client);
      if (type === 'close' || type === 'gone' || (type === 'written' && !owner)) {
        this.#open.delete(client);
        this.#owners.delete(client);
        this.#closeIfEmpty();
        if (!owner) open?.();
      }
      owner?.handle(event);
    }

    #request({ client, request: head, data }) {
      const request = new IncomingMessage(head, new Socket(client, head.remoteAddress), data);
      this.#answer(client, request, (status, reason, headers, body) =>
        host.call('respond', client, status, reason, headers, latin1(body)),
      );
    }

    #answer(client, request, send) {
      const response = new ServerResponse(request, send);
      this.#open.set(client, () => {
        response.writableFinished = response.writableEnded;
        if (response.writableEnded) response.emit('finish');
        else {
          request.destroyed = true;
          request.emit('aborted');
        }
        response.emit('close');
        request.emit('close');
      });
      // In Node a request that nobody listens for has no answer at all.
      if (!this.emit('request', request, response)) refuseAll(request, response);
    }

    #upgrade({ client, request: head }) {
      const socket = new Socket(client, head.remoteAddress);
      const request = new IncomingMessage(head, socket);
      if (this.listenerCount('upgrade') === 0)
        // Then it is a request like any other.
        return this.#answer(client, request, (...answer) => socket.end(answerText(...answer)));
      this.#open.set(client, () => {
        Object.assign(socket, { writable: false, destroyed: true });
        socket.emit('close', false);
      });
      upgrades.set(socket, {
        client,
        taken: false,
        refused: false,
        take: (owner) => this.#owners.set(client, owner),
      });
      this.emit('upgrade', request, socket, Buffer.alloc(0));
    }

    #closeIfEmpty() {
      if (this.listening || this.#open.size > 0) return;
      this.#state = 'closed';
      later(() => this.emit('close'));
    }
  }

  function answerText(status, reason, headers, body) {
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const head = `HTTP/1.1 ${status} ${reason ?? STATUS_CODES[status] ?? 'unknown'}\r\n${lines}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  }

  return { Server, IncomingMessage, ServerResponse, upgradeOf: (socket) => upgrades.get(socket) };
}

/** As the package `ws` answers who is no WebSocket client. */
export function refuseAll(_request, response) {
  const body = 'Upgrade Required';
  response.writeHead(426, { 'Content-Length': body.length, 'Content-Type': 'text/plain' });
  response.end(body);
}
