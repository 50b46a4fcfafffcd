// What a server has sent and the host has not written yet: bounded for each client, and for all of them together.
import { MESSAGE_OVERHEAD_BYTES } from '../limits.ts';

interface Sent {
  bytes: number;
  /** The number of the script's callback; 0 where it gave none. */
  callback: number;
}

interface Box {
  queue: Sent[];
  bytes: number;
  /** The last turn in which something was sent, and what has waited since before it. */
  turn: number;
  before: number;
}

export interface OutboxLimits {
  clientBytes: number;
  serverBytes: number;
}

export interface Outbox {
  /** Another turn of the script begins: what was sent until now has had its time to be written. */
  beginTurn(): void;
  /**
   * Whether there is room: `client-full` and `server-full` say whose bound it is. A client is full by what has waited for it since before
   * this turn, since nobody reads while the script speaks.
   */
  add(client: number, bytes: number, callback: number): 'added' | 'client-full' | 'server-full';
  /** @returns the callbacks of the oldest so many that were sent to that client */
  written(client: number, count: number): number[];
  /** Bytes that wait for that client. */
  waiting(client: number): number;
}

export function createOutbox({ clientBytes, serverBytes }: OutboxLimits): Outbox {
  const clients = new Map<number, Box>();
  let total = 0;
  let turn = 0;
  return {
    beginTurn() {
      turn += 1;
    },
    add(client, dataBytes, callback) {
      const bytes = dataBytes + MESSAGE_OVERHEAD_BYTES;
      const box = clients.get(client) ?? { queue: [], bytes: 0, turn, before: 0 };
      if (box.turn !== turn) Object.assign(box, { turn, before: box.bytes });
      if (box.before > 0 && box.before + bytes > clientBytes) return 'client-full';
      if (total + bytes > serverBytes) return 'server-full';
      box.queue.push({ bytes, callback });
      box.bytes += bytes;
      total += bytes;
      clients.set(client, box);
      return 'added';
    },
    written(client, count) {
      const box = clients.get(client);
      if (!box) return [];
      const done = box.queue.splice(0, count);
      const bytes = done.reduce((sum, each) => sum + each.bytes, 0);
      box.bytes -= bytes;
      // The oldest are written first: those from before this turn.
      box.before = Math.max(0, box.before - bytes);
      total -= bytes;
      if (box.queue.length === 0) clients.delete(client);
      return done.flatMap(({ callback }) => (callback === 0 ? [] : [callback]));
    },
    waiting(client) {
      const box = clients.get(client);
      return box ? box.bytes - box.queue.length * MESSAGE_OVERHEAD_BYTES : 0;
    },
  };
}
