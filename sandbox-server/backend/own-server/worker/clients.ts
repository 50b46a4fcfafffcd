// The clients of one server as its guest deals with them: events that wait for the script, and what the script does to whom, in order.
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createEventBudget } from '../../../gateway/event-budget.ts';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';
import type { JsonObject } from '../../../gatewayscript/types.ts';
import { ADDED_HEADERS_BYTES } from '../limits.ts';
import type { Action, ClientEvent, OutgoingOptions } from '../messages.ts';
import { createOutbox, type OutboxLimits } from './outbox.ts';

export interface Clients {
  readonly listening: boolean;
  /** Open connections. */
  count(): number;
  push(event: ClientEvent): void;
  waiting(): number;
  /** When the oldest of them came; `null` where none waits. */
  waitingSince(): number | null;
  /** Another turn of the script begins. */
  beginTurn(): void;
  /** Makes the oldest event the current one; `false` where none waits. */
  next(): boolean;
  /** Whose request, upgrade, message, ping or pong the current event is; `null` for any other event. */
  handled(): number | null;
  /** What was done since the last time; of a server that has sent too much, without what it has sent. */
  takeActions(): Action[];
  /** So many of the messages to that client are written, or never will be. */
  written(client: number, count: number, failed: boolean): void;

  /** The current event without its bytes. */
  event(): JsonObject;
  /** Its bytes. */
  payload(): Uint8Array;
  listen(): void;
  unlisten(): void;
  /** @returns the number of a connection to that address, which opens or fails later */
  connect(ask: OutgoingAsk): number;
  accept(client: number, protocol: string, headers: string[]): void;
  refuse(client: number, code: unknown, message: string | null, headers: unknown): void;
  /** Sends, or cuts off who reads too slowly. `callback` is the number that the guest is told when it is written; 0 for none. */
  write(action: WriteAction, callback: number): void;
  buffered(client: number): number;
  act(action: Action): void;
}

/** Actions that send something. */
export type WriteAction = Extract<Action, { data: string | Uint8Array }>;

/** Events of which only so many may wait. */
const COUNTED = new Set(['request', 'upgrade', 'message', 'ping', 'pong']);

/** A connection that the script wants; `unreachable` where nothing of the sandbox is meant by it. */
export interface OutgoingAsk {
  address: string;
  port: number;
  protocols: string[];
  options: OutgoingOptions;
  unreachable: { message: string; code: string } | null;
}

export interface ClientsOptions extends OutboxLimits {
  /** Connections that the script may have open itself, and may open a second. */
  maxOutgoing: number;
  connectsPerSecond: number;
  /** Milliseconds. */
  now(): number;
  /** More waits for all clients together than may: the server has to end. */
  onFull(): void;
  onCut(): void;
}

/** What the guest is told beside a client's own events: a callback of `send` is due. */
type Written = { type: 'written'; client: number; callback: number; failed: boolean };

export function createClients({
  onFull,
  onCut,
  maxOutgoing,
  connectsPerSecond,
  now,
  ...limits
}: ClientsOptions): Clients {
  const events: { at: number; event: ClientEvent | Written }[] = [];
  const push = (event: ClientEvent | Written) => void events.push({ at: now(), event });
  let actions: Action[] = [];
  let current: ClientEvent | Written | undefined;
  let listening = false;
  let full = false;
  const outbox = createOutbox(limits);
  const connects = createEventBudget(connectsPerSecond);
  /** Number of the last connection that the script has opened: they count down from zero. */
  let lastOutgoing = 0;
  const outgoing = new Set<number>();
  const open = new Set<number>();
  /** What may be sent to whom now; the host would drop the rest, and it would count as written before what was sent first. */
  const takes = new Map<number, 'respond' | 'raw' | 'verdict' | 'messages'>();
  /** Read too slowly, and are being ended. */
  const cut = new Set<number>();

  /** Once: what the script says after that is of no effect. */
  function decide(action: Extract<Action, { do: 'accept' | 'refuse' }>): void {
    if (takes.get(action.client) !== 'verdict') return;
    takes.delete(action.client);
    actions.push(action);
  }

  return {
    get listening() {
      return listening;
    },
    count: () => open.size + outgoing.size,
    push,
    waiting: () => events.length,
    waitingSince: () => events[0]?.at ?? null,
    beginTurn: () => outbox.beginTurn(),
    next() {
      current = events.shift()?.event;
      if (!current) return false;
      if (current.type === 'connection') open.add(current.client);
      if (current.type === 'request') takes.set(current.client, 'respond');
      if (current.type === 'upgrade') takes.set(current.client, 'raw');
      if (current.type === 'handshake') takes.set(current.client, 'verdict');
      if (current.type === 'connection' || current.type === 'open') takes.set(current.client, 'messages');
      if (current.type === 'close' || current.type === 'gone') {
        open.delete(current.client);
        outgoing.delete(current.client);
        cut.delete(current.client);
        takes.delete(current.client);
      }
      return true;
    },
    handled: () => (current && COUNTED.has(current.type) ? current.client : null),
    takeActions() {
      const taken = full ? actions.filter((action) => !('data' in action)) : actions;
      actions = [];
      return taken;
    },
    written(client, count, failed) {
      for (const callback of outbox.written(client, count))
        push({ type: 'written', client, callback, failed });
    },

    event() {
      if (!current) throw new Error('the guest asked for an event, and there is none');
      const { ...told } = current;
      if (!('data' in told)) return JSON.parse(JSON.stringify(told));
      const { data, ...rest } = told;
      return { ...rest, bytes: true };
    },
    payload: () => (current && 'data' in current ? current.data : new Uint8Array()),

    listen() {
      if (listening)
        throw new GuestError('Error', 'listen EADDRINUSE: this script has a server on its port already');
      listening = true;
      actions.push({ do: 'listen' });
    },
    unlisten() {
      listening = false;
      actions.push({ do: 'unlisten' });
    },
    connect({ unreachable, ...ask }) {
      if (outgoing.size >= maxOutgoing)
        throw new GuestError(
          'Error',
          `new WebSocket: ${maxOutgoing} connections of this script are open already; close one before you open the next`,
        );
      lastOutgoing -= 1;
      const client = lastOutgoing;
      outgoing.add(client);
      const failure = unreachable ?? (connects.take().allowed ? null : tooFast(connectsPerSecond));
      if (!failure) actions.push({ do: 'connect', client, ...ask });
      else {
        push({ type: 'error', client, name: 'Error', ...failure });
        push({ type: 'close', client, code: 1006, data: new Uint8Array() });
      }
      return client;
    },
    accept(client, protocol, headers) {
      if (headers.join().length > ADDED_HEADERS_BYTES)
        throw new GuestError('RangeError', `headers: more than ${ADDED_HEADERS_BYTES} characters were added`);
      decide({ do: 'accept', client, protocol, headers });
    },
    refuse(client, code, message, headers) {
      // A redirect is a refusal too; a 1xx would be no answer.
      const status = z.number().int().min(200).max(599).catch(401).parse(code);
      const fields = z.record(z.string(), z.coerce.string()).catch({}).parse(headers);
      const length = JSON.stringify([fields, message]).length;
      // The package would answer with them.
      if (!message && !STATUS_CODES[status])
        throw new GuestError('TypeError', `verifyClient: ${status} has no words of its own; give a message`);
      if (length > ADDED_HEADERS_BYTES)
        throw new GuestError(
          'RangeError',
          `verifyClient: an answer of more than ${ADDED_HEADERS_BYTES} characters`,
        );
      decide({ do: 'refuse', client, code: status, message, headers: fields });
    },
    write(action, callback) {
      const { client, data } = action;
      const kind = action.do === 'respond' || action.do === 'raw' ? action.do : 'messages';
      if (cut.has(client) || takes.get(client) !== kind) return;
      if (kind === 'respond') takes.delete(client);
      const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.length;
      const room = outbox.add(client, bytes, callback);
      if (room === 'added') return void actions.push(action);
      if (room === 'server-full') {
        full = true;
        onFull();
        // For its line: the server ends, also where the script catches this.
        throw new GuestError('RangeError', 'too many bytes wait for the clients of this server');
      }
      cut.add(client);
      actions.push({ do: 'terminate', client });
      onCut();
    },
    buffered: (client) => outbox.waiting(client),
    act(action) {
      if (action.do === 'handshake') takes.delete(action.client);
      actions.push(action);
    },
  };
}

function tooFast(perSecond: number): { message: string; code: string } {
  const message = `connect ECONNREFUSED: the script has opened more than ${perSecond} connections in a second; wait before the next`;
  return { message, code: 'ECONNREFUSED' };
}
