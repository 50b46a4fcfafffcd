// The sockets of one learner's server: the package `ws` speaks the protocol here, and the script decides in its thread.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { type HeldBytes, UNCOUNTED_BYTES } from '../../gateway/held-bytes.ts';
import { countUnfinished } from '../unfinished.ts';
import { createUpgradeServer, refuse } from '../upgrade-server.ts';
import { createInboxes, type Inbox } from './inbox.ts';
import type { Action, ClientEvent } from './messages.ts';
import { answerHead, headOf, protocolsOf } from './request-head.ts';

export interface FrontOptions {
  tell(event: ClientEvent): void;
  /** Of what was sent to that client, one more is written, or never will be. */
  written(client: number, failed: boolean): void;
  onConsole(level: 'log' | 'error', text: string): void;
  maxClients: number;
  /** Bytes of a message, where the script asks for no less. */
  maxMessageBytes: number;
  held: HeldBytes;
}

export interface ServerFront {
  readonly listening: boolean;
  /** Connections, those in their handshake too. */
  connections(): number;
  accept(stream: Duplex): void;
  /** Does what the script did in a turn; `handled` is the client whose event the turn was. */
  act(actions: Action[], handled: number | null): void;
  /** Closes all connections with that code; with `null` they end as when a process dies, without a Close frame. */
  end(code: number | null, reason: string): Promise<void>;
}

interface Client {
  id: number;
  /** On whose account what waits for it is. */
  holder: { cut(): void };
  socket: WebSocket | null;
  decide:
    | ((verified: boolean, code?: number, message?: string, headers?: { [name: string]: string }) => void)
    | null;
  protocol: string;
  headers: string[];
  /** Whether the script has been asked about its handshake. */
  asked: boolean;
  /** What the script has not handled yet of what it sent. */
  inbox: Inbox;
  /** Whether the script has paused it. */
  paused: boolean;
}

/** Milliseconds that clients have to answer a Close frame before their connections are cut. */
const CLOSE_MS = 500;

export function createFront(options: FrontOptions): ServerFront {
  const { tell, written, onConsole, held } = options;
  const clients = new Map<number, Client>();
  const byRequest = new WeakMap<IncomingMessage, Client>();
  const upgrades = createUpgradeServer(onUpgrade);
  const inboxes = createInboxes(held);
  let lastClient = 0;
  let sockets: WebSocketServer | null = null;

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (!sockets) return void stream.destroy();
    if (clients.size >= options.maxClients) return void refuse(stream);
    lastClient += 1;
    const id = lastClient;
    const client: Client = {
      id,
      holder: { cut: () => stream.destroy() },
      socket: null,
      asked: false,
      decide: null,
      protocol: '',
      headers: [],
      inbox: inboxes.make(() => stream.destroy()),
      paused: false,
    };
    clients.set(id, client);
    byRequest.set(request, client);
    stream.once('close', () => {
      held.set(client.holder, 0);
      client.inbox.close();
      if (client.socket) return;
      clients.delete(id);
      if (client.asked) tell({ type: 'gone', client: id });
    });
    stream.on('drain', () => held.set(client.holder, 0));
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const incoming = countUnfinished(stream, held);
      socket.on('message', () => incoming.whole());
      connect(client, socket);
    });
  }

  function ask(request: IncomingMessage, done: NonNullable<Client['decide']>): void {
    const client = byRequest.get(request);
    if (!client) return void done(false, 500);
    client.decide = done;
    client.asked = true;
    tell({
      type: 'upgrade',
      client: client.id,
      request: headOf(request),
      protocols: protocolsOf(request),
      head: answerHead(request),
    });
  }

  function connect(client: Client, socket: WebSocket): void {
    const { id } = client;
    client.socket = socket;
    const event = (told: Extract<ClientEvent, { data: Uint8Array }>) => {
      const room = client.inbox.add(told.data.length);
      if (room === 'pause') socket.pause();
      if (room !== 'too-many') return tell(told);
      if (socket.readyState !== socket.OPEN) return;
      onConsole('error', 'A client was cut off: more messages came at once than may wait for the server.');
      socket.terminate();
    };
    tell({ type: 'connection', client: id, protocol: socket.protocol });
    socket.on('message', (data, binary) =>
      event({ type: 'message', client: id, data: bytesOf(data), binary }),
    );
    socket.on('ping', (data) => event({ type: 'ping', client: id, data: bytesOf(data) }));
    socket.on('pong', (data) => event({ type: 'pong', client: id, data: bytesOf(data) }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const { name, message, code = null } = error;
      tell({ type: 'error', client: id, name, message, code });
    });
    socket.on('close', (code, data) => {
      clients.delete(id);
      tell({ type: 'close', client: id, code, data: bytesOf(data) });
    });
  }

  function send(
    { id, socket, holder }: Client,
    action: Extract<Action, { do: 'send' | 'ping' | 'pong' }>,
  ): void {
    const done = (error?: Error | null) => written(id, Boolean(error));
    if (!socket || socket.readyState !== socket.OPEN) return void done(new Error('not open'));
    if (action.do === 'send') socket.send(action.data, { binary: action.binary }, done);
    else socket[action.do](action.data, false, done);
    if (socket.bufferedAmount > UNCOUNTED_BYTES) held.set(holder, socket.bufferedAmount);
  }

  function actOn(client: Client, action: Exclude<Action, { do: 'listen' | 'unlisten' | 'console' }>): void {
    const { socket } = client;
    switch (action.do) {
      case 'accept':
        client.protocol = action.protocol;
        client.headers = action.headers;
        return void decide(client, true);
      case 'refuse': {
        const { code, message, headers } = action;
        return void decide(client, false, code, message ?? undefined, headers);
      }
      case 'send':
      case 'ping':
      case 'pong':
        return void send(client, action);
      case 'close':
        return void socket?.close(action.code ?? undefined, action.reason);
      case 'terminate':
        return void socket?.terminate();
      case 'pause':
        client.paused = true;
        return void socket?.pause();
      case 'resume':
        client.paused = false;
        if (!client.inbox.full) socket?.resume();
    }
  }

  /** Once: what the script says after that is of no effect. */
  function decide(client: Client, ...verdict: Parameters<NonNullable<Client['decide']>>): void {
    const { decide: done } = client;
    client.decide = null;
    done?.(...verdict);
  }

  function listen(path: string | null, maxPayload: number | null): void {
    sockets = new WebSocketServer({
      noServer: true,
      maxPayload: Math.min(options.maxMessageBytes, maxPayload ?? options.maxMessageBytes),
      ...(path === null ? {} : { path }),
      verifyClient: ({ req }, done) => ask(req, done),
      handleProtocols: (_protocols, request) => byRequest.get(request)?.protocol || false,
    });
    sockets.on('headers', (headers, request) => headers.push(...(byRequest.get(request)?.headers ?? [])));
  }

  function handledOne(id: number): void {
    const client = clients.get(id);
    inboxes.handled(client?.inbox);
    if (!client?.socket?.isPaused || client.paused || client.inbox.full) return;
    client.socket.resume();
  }

  async function tellAll(code: number, reason: string): Promise<void> {
    const told = [...clients.values()].map(({ socket }) => socket && closed(socket, code, reason));
    await Promise.race([Promise.all(told), sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  return {
    get listening() {
      return sockets !== null;
    },
    connections: () => upgrades.streams(),
    accept: (stream) => upgrades.accept(stream),
    act(actions, handled) {
      for (const action of actions) {
        if (action.do === 'console') onConsole(action.level, action.text);
        else if (action.do === 'listen') listen(action.path, action.maxPayload);
        else if (action.do === 'unlisten') sockets = null;
        else {
          const client = clients.get(action.client);
          try {
            if (client) actOn(client, action);
          } catch {
            // What `ws` does not take has been refused in the thread; a script that got past that loses its client.
            client?.socket?.terminate();
          }
        }
      }
      if (handled !== null) handledOne(handled);
    },
    async end(code, reason) {
      sockets = null;
      if (code !== null) await tellAll(code, reason);
      await upgrades.close();
    },
  };
}

function closed(socket: WebSocket, code: number, reason: string): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.close(code, reason);
  });
}

/** In a buffer of their own: whoever posts a view posts all of the buffer behind it, which is all that came at once. */
function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  return new Uint8Array(Array.isArray(data) ? Buffer.concat(data) : data);
}
