// The clients of one server as its guest deals with them: events that wait for the script, and what the script does to whom, in order.
import { z } from 'zod';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';
import type { JsonObject } from '../../../gatewayscript/types.ts';
import { ADDED_HEADERS_BYTES } from '../limits.ts';
import type { Action, ClientEvent } from '../messages.ts';
import { createOutbox, type OutboxLimits } from './outbox.ts';

export interface Clients {
  readonly listening: boolean;
  /** Open connections. */
  count(): number;
  push(event: ClientEvent): void;
  waiting(): number;
  /** Another turn of the script begins. */
  beginTurn(): void;
  /** Makes the oldest event the current one; `false` where none waits. */
  next(): boolean;
  /** Whose message, ping or pong the current event is; `null` for any other event. */
  handled(): number | null;
  /** What was done since the last time; of a server that has sent too much, without what it has sent. */
  takeActions(): Action[];
  /** So many of the messages to that client are written, or never will be. */
  written(client: number, count: number, failed: boolean): void;

  /** The current event without its bytes. */
  event(): JsonObject;
  /** Its bytes. */
  payload(): Uint8Array;
  listen(path: string | null, maxPayload: number | null): void;
  unlisten(): void;
  accept(client: number, protocol: string, headers: string[]): void;
  refuse(client: number, code: unknown, message: string | null, headers: unknown): void;
  write(
    what: 'send' | 'ping' | 'pong',
    client: number,
    data: string | Uint8Array,
    binary: boolean,
    callback: number,
  ): void;
  buffered(client: number): number;
  act(action: Action): void;
}

/** Events of which a client may have only so many wait. */
const COUNTED = new Set(['message', 'ping', 'pong']);

export interface ClientsOptions extends OutboxLimits {
  /** More waits for all clients together than may: the server has to end. */
  onFull(): void;
  onCut(): void;
}

/** What the guest is told beside a client's own events: a callback of `send` is due. */
type Written = { type: 'written'; client: number; callback: number; failed: boolean };

export function createClients({ onFull, onCut, ...limits }: ClientsOptions): Clients {
  const events: (ClientEvent | Written)[] = [];
  let actions: Action[] = [];
  let current: ClientEvent | Written | undefined;
  let listening = false;
  let full = false;
  const outbox = createOutbox(limits);
  const open = new Set<number>();
  /** Read too slowly, and are being ended. */
  const cut = new Set<number>();

  return {
    get listening() {
      return listening;
    },
    count: () => open.size,
    push: (event) => void events.push(event),
    waiting: () => events.length,
    beginTurn: () => outbox.beginTurn(),
    next() {
      current = events.shift();
      if (!current) return false;
      if (current.type === 'connection') open.add(current.client);
      if (current.type === 'close') {
        open.delete(current.client);
        cut.delete(current.client);
      }
      return true;
    },
    handled: () => (current && COUNTED.has(current.type) ? current.client : null),
    takeActions() {
      const taken = full ? actions.filter((action) => action.do !== 'send') : actions;
      actions = [];
      return taken;
    },
    written(client, count, failed) {
      for (const callback of outbox.written(client, count))
        events.push({ type: 'written', client, callback, failed });
    },

    event() {
      if (!current) throw new Error('the guest asked for an event, and there is none');
      const { ...told } = current;
      if (!('data' in told)) return JSON.parse(JSON.stringify(told));
      const { data, ...rest } = told;
      return { ...rest, bytes: true };
    },
    payload: () => (current && 'data' in current ? current.data : new Uint8Array()),

    listen(path, maxPayload) {
      if (listening)
        throw new GuestError(
          'Error',
          'listen EADDRINUSE: this script has a WebSocketServer on its port already',
        );
      listening = true;
      actions.push({ do: 'listen', path, maxPayload });
    },
    unlisten() {
      listening = false;
      actions.push({ do: 'unlisten' });
    },
    accept(client, protocol, headers) {
      if (headers.join().length > ADDED_HEADERS_BYTES)
        throw new GuestError('RangeError', `headers: more than ${ADDED_HEADERS_BYTES} characters were added`);
      actions.push({ do: 'accept', client, protocol, headers });
    },
    refuse(client, code, message, headers) {
      const status = z.number().int().min(400).max(599).catch(401).parse(code);
      const fields = z.record(z.string(), z.coerce.string()).catch({}).parse(headers);
      const length = JSON.stringify([fields, message]).length;
      if (length > ADDED_HEADERS_BYTES)
        throw new GuestError(
          'RangeError',
          `verifyClient: an answer of more than ${ADDED_HEADERS_BYTES} characters`,
        );
      actions.push({ do: 'refuse', client, code: status, message, headers: fields });
    },
    write(what, client, data, binary, callback) {
      if (cut.has(client)) return;
      const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.length;
      const room = outbox.add(client, bytes, callback);
      if (room === 'added') return void actions.push({ do: what, client, data, binary });
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
    act: (action) => void actions.push(action),
  };
}
