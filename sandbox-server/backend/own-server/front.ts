// The sockets of one learner's server: the package `ws` speaks the protocol here, and the script decides in its thread.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { HeldBytes } from '../../gateway/held-bytes.ts';
import { createUpgradeServer, refuse } from '../upgrade-server.ts';
import { createInboxes } from './inbox.ts';
import type { Action } from './messages.ts';
import { type ConnectAction, openOutgoing, type Reach } from './outgoing.ts';
import { createPeer, type Peer, type PeerParts } from './peer.ts';
import { answerHead, headOf, protocolsOf } from './request-head.ts';

export interface FrontOptions {
  tell: PeerParts['tell'];
  written: PeerParts['written'];
  onConsole: PeerParts['onConsole'];
  /** The servers that the script may connect to itself. */
  reach: Reach;
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

/** A client in its handshake, and what the script says to that. */
interface Asking {
  id: number;
  decide:
    | ((verified: boolean, code?: number, message?: string, headers?: { [name: string]: string }) => void)
    | null;
  protocol: string;
  headers: string[];
  /** Whether the script has been asked. */
  asked: boolean;
}

/** Milliseconds that clients have to answer a Close frame before their connections are cut. */
const CLOSE_MS = 500;

export function createFront(options: FrontOptions): ServerFront {
  const { tell, onConsole, held } = options;
  const inboxes = createInboxes(held);
  const parts: PeerParts = { ...options, inboxes };
  const asking = new Map<number, Asking>();
  const byRequest = new WeakMap<IncomingMessage, Asking>();
  /** Clients that are connected, and those that the script itself is one of. */
  const peers = new Map<number, Peer>();
  const upgrades = createUpgradeServer(onUpgrade);
  let lastClient = 0;
  /** In their handshake, or connected. */
  let clients = 0;
  let sockets: WebSocketServer | null = null;

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (!sockets) return void stream.destroy();
    if (clients >= options.maxClients) return void refuse(stream);
    clients += 1;
    lastClient += 1;
    const id = lastClient;
    const client: Asking = { id, asked: false, decide: null, protocol: '', headers: [] };
    asking.set(id, client);
    byRequest.set(request, client);
    stream.once('close', () => {
      if (!asking.delete(id)) return;
      clients -= 1;
      if (client.asked) tell({ type: 'gone', client: id });
    });
    sockets.handleUpgrade(request, stream, head, (socket) => {
      asking.delete(id);
      const peer = createPeer(id, socket, parts, () => {
        clients -= 1;
        peers.delete(id);
      });
      peers.set(id, peer);
      peer.opened(stream);
      tell({ type: 'connection', client: id, protocol: socket.protocol });
    });
  }

  function ask(request: IncomingMessage, done: NonNullable<Asking['decide']>): void {
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

  function connect(action: ConnectAction): void {
    const { client: id } = action;
    try {
      const { socket, stream } = openOutgoing(action, options.reach, options.maxMessageBytes);
      const peer = createPeer(id, socket, parts, () => peers.delete(id));
      peers.set(id, peer);
      socket.once('open', () => {
        peer.opened(stream);
        tell({ type: 'open', client: id, protocol: socket.protocol });
      });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      tell({ type: 'error', client: id, name, message, code: null });
      tell({ type: 'close', client: id, code: 1006, data: new Uint8Array() });
    }
  }

  function actOn(action: Exclude<Action, { do: 'console' }>): void {
    switch (action.do) {
      case 'listen':
        return void listen(action.path, action.maxPayload);
      case 'unlisten':
        sockets = null;
        return;
      case 'accept': {
        const client = asking.get(action.client);
        if (client) Object.assign(client, { protocol: action.protocol, headers: action.headers });
        return void decide(client, true);
      }
      case 'refuse': {
        const { client, code, message, headers } = action;
        return void decide(asking.get(client), false, code, message ?? undefined, headers);
      }
      case 'connect':
        return void connect(action);
      default: {
        const peer = peers.get(action.client);
        if (peer) peer.act(action);
        // It has just gone: what was sent to it waits for nothing any more.
        else if (action.do === 'send' || action.do === 'ping' || action.do === 'pong')
          options.written(action.client, true);
      }
    }
  }

  /** Once: what the script says after that is of no effect. */
  function decide(client: Asking | undefined, ...verdict: Parameters<NonNullable<Asking['decide']>>): void {
    const done = client?.decide;
    if (client) client.decide = null;
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

  async function tellAll(code: number, reason: string): Promise<void> {
    const told = Promise.all([...peers.values()].map((peer) => peer.end(code, reason)));
    await Promise.race([told, sleep(CLOSE_MS, undefined, { ref: false })]);
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
        else actOn(action);
      }
      if (handled === null) return;
      const peer = peers.get(handled);
      if (peer) peer.handledOne();
      else inboxes.handled(undefined);
    },
    async end(code, reason) {
      sockets = null;
      if (code !== null) await tellAll(code, reason);
      for (const peer of peers.values()) peer.terminate();
      await upgrades.close();
    },
  };
}
