// What a client has sent of a message that is not whole yet: it waits in memory, and is on the accounts of what waits.
import type { Duplex } from 'node:stream';
import { type HeldBytes, UNCOUNTED_BYTES } from '../gateway/held-bytes.ts';

/** Counts what comes on a stream until `whole` says that it has made a message. */
export function countUnfinished(stream: Duplex, held: HeldBytes): { whole(): void } {
  const account = { cut: () => stream.destroy() };
  let bytes = 0;
  function whole(): void {
    if (bytes > UNCOUNTED_BYTES) held.set(account, 0);
    bytes = 0;
  }
  // First, so that what makes a message whole is counted before `whole` is called; and so it takes nothing from a stream that nobody reads yet.
  stream.prependListener('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > UNCOUNTED_BYTES) held.set(account, bytes);
  });
  stream.once('close', whole);
  return { whole };
}
