// The sockets of one learner's server: the package `ws` speaks the protocol here, and the script decides in its thread.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { HeldBytes } from '../../gateway/held-bytes.ts';
import { createUpgradeServer, refuse } from '../upgrade-server.ts';
import { createInboxes } from './inbox.ts';
import { CLOSE_MS } from './limits.ts';
import type { Action } from './messages.ts';
import { type ConnectAction, openOutgoing, type Reach } from './outgoing.ts';
import { createPeer, type Peer, type PeerParts } from './peer.ts';
import { createRequests } from './requests.ts';
import { createUpgrades } from './upgrades.ts';

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

export function createFront(options: FrontOptions): ServerFront {
  const { tell, onConsole, held } = options;
  const inboxes = createInboxes(held);
  const parts: PeerParts = { ...options, inboxes };
  /** Clients that are connected, and those that the script itself is one of. */
  const peers = new Map<number, Peer>();
  const requests = createRequests(parts, options.maxMessageBytes);
  const upgrades = createUpgrades({
    ...parts,
    maxMessageBytes: options.maxMessageBytes,
    onConnection,
    onGone: leave,
  });
  const server = createUpgradeServer(onUpgrade, onRequest);
  let lastClient = 0;
  /** With a request or an upgrade, or connected. */
  let clients = 0;
  let listening = false;

  /** @returns the number of a new client; `null` where there is no room for one. */
  function admit(): number | null {
    if (clients >= options.maxClients || inboxes.full) return null;
    clients += 1;
    lastClient += 1;
    return lastClient;
  }
  function leave(): void {
    clients -= 1;
  }

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const id = listening ? admit() : null;
    if (id === null) return void response.writeHead(503, { Connection: 'close' }).end();
    requests.take(id, request, response, leave);
  }

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (!listening) return void stream.destroy();
    const id = admit();
    if (id === null) return void refuse(stream);
    upgrades.ask(id, request, stream, head);
  }

  function onConnection(id: number, socket: WebSocket, stream: Duplex): void {
    const peer = createPeer(id, socket, parts, () => {
      leave();
      peers.delete(id);
    });
    peers.set(id, peer);
    peer.opened(stream);
    tell({ type: 'connection', client: id, protocol: socket.protocol });
  }

  function connect(action: ConnectAction): void {
    const { client: id } = action;
    try {
      if (inboxes.full)
        throw new Error('more waits for this script than it has handled; connect again later');
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
      case 'unlisten':
        listening = action.do === 'listen';
        return;
      case 'respond':
        return void requests.answer(action);
      case 'raw':
      case 'handshake':
      case 'accept':
      case 'refuse':
        return void upgrades.act(action);
      case 'end':
        requests.cut(action.client);
        peers.get(action.client)?.terminate();
        return void upgrades.act(action);
      case 'terminate':
        requests.cut(action.client);
        peers.get(action.client)?.terminate();
        return void upgrades.cut(action.client);
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

  async function tellAll(code: number, reason: string): Promise<void> {
    const told = Promise.all([...peers.values()].map((peer) => peer.end(code, reason)));
    await Promise.race([told, sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  return {
    get listening() {
      return listening;
    },
    connections: () => server.streams(),
    accept: (stream) => server.accept(stream),
    act(actions, handled) {
      for (const action of actions) {
        if (action.do === 'console') onConsole(action.level, action.text);
        else actOn(action);
      }
      if (handled === null) return;
      const peer = peers.get(handled);
      if (peer) peer.handledOne();
      else requests.handled(handled);
    },
    async end(code, reason) {
      listening = false;
      if (code !== null) await tellAll(code, reason);
      for (const peer of peers.values()) peer.terminate();
      await server.close();
    },
  };
}
