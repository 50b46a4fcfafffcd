// Clients of a learner's server that ask for an upgrade, until a WebSocketServer of the script has taken them or the script has sent them away.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { UNCOUNTED_BYTES } from '../../gateway/held-bytes.ts';
import { CLOSE_MS } from './limits.ts';
import type { Action } from './messages.ts';
import type { PeerParts } from './peer.ts';
import { answerHead, bytesOfHead, headOf, protocolsOf } from './request-head.ts';

export interface Upgrades {
  ask(id: number, request: IncomingMessage, stream: Duplex, head: Buffer): void;
  act(action: UpgradeAction): void;
  /** Cuts it off. */
  cut(id: number): void;
}

export type UpgradeAction = Extract<Action, { do: 'raw' | 'end' | 'handshake' | 'accept' | 'refuse' }>;

export interface UpgradesOptions extends PeerParts {
  maxMessageBytes: number;
  /** It is a WebSocket now. */
  onConnection(id: number, socket: WebSocket, stream: Duplex): void;
  /** It has gone before it was one. */
  onGone(): void;
}

type Verdict = (
  verified: boolean,
  code?: number,
  message?: string,
  headers?: { [name: string]: string },
) => void;

interface Asking {
  id: number;
  request: IncomingMessage;
  stream: Duplex;
  /** What it has sent after its request. */
  head: Buffer;
  /** Whose account its bytes wait on. */
  holder: { cut(): void };
  /** The script has handed it to a WebSocketServer. */
  taken: boolean;
  decide: Verdict | null;
  protocol: string;
  headers: string[];
}

export function createUpgrades(options: UpgradesOptions): Upgrades {
  const { tell, written, held, inboxes } = options;
  const asking = new Map<number, Asking>();

  function ask(id: number, request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const told = headOf(request);
    inboxes.count(bytesOfHead(told));
    const holder = { cut: () => void stream.destroy() };
    const undecided = { taken: false, decide: null, protocol: '', headers: [] };
    asking.set(id, { id, request, stream, head, holder, ...undecided });
    stream.on('error', () => {});
    stream.on('readable', noticeEnd);
    stream.once('close', () => {
      held.set(holder, 0);
      if (!asking.delete(id)) return;
      options.onGone();
      tell({ type: 'gone', client: id });
    });
    tell({ type: 'upgrade', client: id, request: told });
  }

  /** From here on `ws` looks at it, and asks the script. */
  function shake(client: Asking, { maxPayload, handles }: Extract<Action, { do: 'handshake' }>): void {
    const { id, request, stream } = client;
    client.taken = true;
    const sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: Math.min(options.maxMessageBytes, maxPayload ?? options.maxMessageBytes),
      verifyClient(_info, done) {
        client.decide = done;
        const [protocols, head] = [protocolsOf(request), answerHead(request)];
        tell({ type: 'handshake', client: id, protocols, head });
      },
      handleProtocols: () => client.protocol || false,
    });
    sockets.shouldHandle = () => handles;
    sockets.on('headers', (headers) => headers.push(...client.headers));
    sockets.handleUpgrade(request, stream, client.head, (socket) => {
      stream.off('readable', noticeEnd);
      asking.delete(id);
      options.onConnection(id, socket, stream);
    });
  }

  /** Bytes of the script's own. */
  function raw({ stream, holder }: Asking, { client, data }: Extract<Action, { do: 'raw' }>): void {
    stream.write(data, (error) => {
      written(client, Boolean(error));
      if (stream.writableLength === 0) held.set(holder, 0);
    });
    if (stream.writableLength > UNCOUNTED_BYTES) held.set(holder, stream.writableLength);
  }

  /** Once: what the script says after that is of no effect. */
  function decide(client: Asking, ...verdict: Parameters<Verdict>): void {
    const done = client.decide;
    client.decide = null;
    done?.(...verdict);
  }

  function act(action: UpgradeAction): void {
    const client = asking.get(action.client);
    if (action.do === 'raw' && (!client || client.taken)) return void written(action.client, true);
    if (!client) return;
    switch (action.do) {
      case 'raw':
        return void raw(client, action);
      case 'end':
        return void endGently(client.stream);
      case 'handshake':
        if (!client.taken) shake(client, action);
        return;
      case 'accept':
        Object.assign(client, { protocol: action.protocol, headers: action.headers });
        return void decide(client, true);
      case 'refuse':
        decide(client, false, action.code, action.message ?? undefined, action.headers);
    }
  }

  return {
    ask,
    act(action) {
      try {
        act(action);
      } catch {
        // What `ws` does not take has been refused in the thread; a script that got past that loses its client.
        asking.get(action.client)?.stream.destroy();
      }
    },
    cut: (id) => void asking.get(id)?.stream.destroy(),
  };
}

/** After what was written; and anyway, where that is not read. */
function endGently(stream: Duplex): void {
  const timer = setTimeout(() => stream.destroy(), CLOSE_MS).unref();
  stream.once('close', () => clearTimeout(timer));
  stream.once('finish', () => stream.destroy());
  stream.end();
}

/** Nobody reads from it yet: this takes nothing of what it sends, but else its end would not be seen. */
function noticeEnd(this: Duplex): void {
  this.read(0);
}
