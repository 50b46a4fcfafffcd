// What clients have sent and a server's script has not handled yet: so much a client before it is read no further, and so much in all.
import { type HeldBytes, UNCOUNTED_BYTES } from '../../gateway/held-bytes.ts';
import {
  SERVER_UNHANDLED_BYTES,
  SERVER_UNHANDLED_MESSAGES,
  UNHANDLED_BYTES,
  UNHANDLED_MESSAGES,
} from './limits.ts';

/** Of one client. */
export interface Inbox {
  /** Whether no more should be read from the client. */
  readonly full: boolean;
  /** Counts a message: `pause` where it is the last to be read for now, `too-many` where it may not be handed on. */
  add(bytes: number): 'read-on' | 'pause' | 'too-many';
  /** The oldest of its messages is handled. */
  handledOne(): void;
  /** The client is gone: what it has sent is on no account of the lab any more, and on its server’s until it is handled. */
  close(): void;
}

/** Of all clients of one server. */
export interface Inboxes {
  /** Whether no new client should be let in. */
  readonly full: boolean;
  /** Counts what comes of a client that has no inbox. */
  count(bytes: number): void;
  /** `cut` ends a client when too much waits in the whole lab. */
  make(cut: () => void): Inbox;
  /** The oldest message of all is handled; `undefined` where its client is gone, or has no inbox. */
  handled(inbox: Inbox | undefined): void;
}

export function createInboxes(held: HeldBytes): Inboxes {
  /** Bytes of each message of all clients, of those that are gone too, in the order in which the script gets them. */
  const waiting: number[] = [];
  let waitingBytes = 0;

  function count(size: number): void {
    waiting.push(size);
    waitingBytes += size;
  }

  return {
    get full() {
      return waiting.length >= SERVER_UNHANDLED_MESSAGES || waitingBytes >= SERVER_UNHANDLED_BYTES;
    },
    count,
    make(cut) {
      const holder = { cut };
      const sizes: number[] = [];
      let bytes = 0;
      const isFull = () => sizes.length >= UNHANDLED_MESSAGES || bytes >= UNHANDLED_BYTES;
      const account = () => held.set(holder, bytes > UNCOUNTED_BYTES ? bytes : 0);
      return {
        get full() {
          return isFull();
        },
        add(size) {
          if (waiting.length >= SERVER_UNHANDLED_MESSAGES) return 'too-many';
          count(size);
          sizes.push(size);
          bytes += size;
          account();
          return isFull() ? 'pause' : 'read-on';
        },
        handledOne() {
          bytes -= sizes.shift() ?? 0;
          account();
        },
        close: () => held.set(holder, 0),
      };
    },
    handled(inbox) {
      waitingBytes -= waiting.shift() ?? 0;
      inbox?.handledOne();
    },
  };
}
