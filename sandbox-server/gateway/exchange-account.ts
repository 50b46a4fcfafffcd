// What one exchange keeps in memory before it is a tunnel: bytes sent ahead, the request's body, the answer that its client has not taken.
import type { Duplex } from 'node:stream';
import { type HeldBytes, UNCOUNTED_BYTES } from './held-bytes.ts';

export interface ExchangeAccount {
  /** So many bytes more are kept, until the exchange is over. */
  add(bytes: number): void;
  /** What was kept is no longer the exchange's. */
  clear(): void;
  /** Whether the gateway has ended it because too many bytes wait in all. */
  wasCut(): boolean;
}

/** Beyond the common bound the exchange's stream is destroyed. Where little is kept nothing is counted, so that most requests cost nothing. */
export function openAccount(stream: Duplex, held: HeldBytes): ExchangeAccount {
  let bytes = 0;
  let cut = false;
  const holder = {
    cut() {
      cut = true;
      stream.destroy();
    },
  };
  function clear(): void {
    if (bytes > UNCOUNTED_BYTES) held.set(holder, 0);
    bytes = 0;
  }
  stream.once('close', clear);
  return {
    add(more) {
      if (stream.destroyed) return;
      bytes += more;
      if (bytes > UNCOUNTED_BYTES) held.set(holder, bytes);
    },
    clear,
    wasCut: () => cut,
  };
}
