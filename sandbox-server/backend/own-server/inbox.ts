// What clients have sent and a server's script has not handled yet: so much a client before it is read no further, and so much in all.
import { type HeldBytes, UNCOUNTED_BYTES } from '../../gateway/held-bytes.ts';
import { SERVER_UNHANDLED_MESSAGES, UNHANDLED_BYTES, UNHANDLED_MESSAGES } from './limits.ts';

/** Of one client. */
export interface Inbox {
  /** Whether no more should be read from the client. */
  readonly full: boolean;
  /** Counts a message: `pause` where it is the last to be read for now, `too-many` where it may not be handed on. */
  add(bytes: number): 'read-on' | 'pause' | 'too-many';
  /** The oldest of its messages is handled. */
  handledOne(): void;
  /** The client is gone: what it has sent is on no account any more. */
  close(): void;
}

/** Of all clients of one server. */
export interface Inboxes {
  /** `cut` ends a client when too much waits in the whole lab. */
  make(cut: () => void): Inbox;
  /** A message is handled; `undefined` where its client is gone. */
  handled(inbox: Inbox | undefined): void;
}

export function createInboxes(held: HeldBytes): Inboxes {
  /** Messages of all clients, those that are gone too. */
  let waiting = 0;
  return {
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
          if (waiting >= SERVER_UNHANDLED_MESSAGES) return 'too-many';
          waiting += 1;
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
      waiting -= 1;
      inbox?.handledOne();
    },
  };
}
