// Carries bytes between two streams as they come, with backpressure both ways, and tells how it ended.
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { HeldBytes } from '../held-bytes.ts';

/** `near` is the client's stream, `far` the target's. */
export type Side = 'near' | 'far';

export interface RelayOptions {
  near: Duplex;
  far: Duplex;
  /** What was read from a side before the relay began. */
  nearHead: Buffer;
  farHead: Buffer;
  /** What waits for a side that reads slowly is on its account. */
  held: HeldBytes;
  /** A side has waited too long for the other to read: both are to be ended. */
  onOverfull(): void;
  /** Milliseconds that one direction may stay silent after the other has ended. */
  halfCloseMs: number;
  /** Bytes that came from a side, before they are written to the other. */
  onBytes: Record<Side, (chunk: Buffer) => void>;
  /** Those bytes are written to the other; `waits` where more lies there than it takes at once, or where it takes none any more. */
  onWritten?: ((side: Side, waits: boolean) => void) | undefined;
  /** Both streams are closed. `side` was the first to end, `reset` without saying so (no FIN, or an error). */
  onClosed(side: Side, how: 'end' | 'reset'): void;
}

/** Milliseconds that one side has to close when the other has. */
const LINGER_MS = 1_000;

/** Relays until both are closed, and leaves no timer and no stream behind. Ended from outside by destroying either stream. */
export function relay(options: RelayOptions): void {
  // What closures share lives as long as the connection, so `options`, with bytes that are passed at once, is in none of them.
  const { near, far, halfCloseMs, held, onOverfull, onBytes: listeners, onWritten, onClosed } = options;
  let first: { side: Side; how: 'end' | 'reset' } | null = null;
  let open = 2;
  let lastMoments = false;
  let halfClosed: NodeJS.Timeout | undefined;

  const cutBoth = () => {
    near.destroy();
    far.destroy();
  };

  function endWithin(ms: number): void {
    clearTimeout(halfClosed);
    halfClosed = setTimeout(cutBoth, ms);
  }

  function ended(side: Side, how: 'end' | 'reset'): void {
    if (first) return;
    first = { side, how };
    endWithin(halfCloseMs);
  }

  function carry(side: Side, from: Duplex, to: Duplex, head: Buffer): void {
    let sawEnd = false;
    const onBytes = listeners[side];
    const waiting = {
      cut() {
        onOverfull();
        cutBoth();
      },
    };
    const pass = (chunk: Buffer) => {
      onBytes(chunk);
      // What still comes when the other side is gone keeps nothing alive.
      if (!lastMoments) halfClosed?.refresh();
      const taken = to.writable && to.write(chunk);
      // A stream inside this process may have taken all of it by now, however large.
      onWritten?.(side, !taken && (!to.writable || to.writableLength > 0));
      if (taken || !to.writable) return;
      from.pause();
      // Read ahead at either end of a stream inside the process.
      held.set(waiting, to.writableLength + 2 * from.readableHighWaterMark);
    };
    from.on('data', pass);
    to.on('drain', () => {
      held.set(waiting, 0);
      from.resume();
    });
    to.on('close', () => held.set(waiting, 0));
    from.resume();
    if (head.length > 0) pass(head);
    const onEnd = () => {
      sawEnd = true;
      ended(side, 'end');
      to.end();
    };
    // It may have ended between its handshake and now.
    if (from.readableEnded) onEnd();
    else from.on('end', onEnd);
    from.on('error', () => ended(side, sawEnd ? 'end' : 'reset'));
    const onClose = () => {
      if (!sawEnd) {
        ended(side, 'reset');
        cut(to);
      } else if (!to.writableEnded) to.end();
      open -= 1;
      // Nobody is left to whom the other side could say anything.
      lastMoments = true;
      if (open > 0) return endWithin(LINGER_MS);
      clearTimeout(halfClosed);
      if (first) onClosed(first.side, first.how);
    };
    if (from.closed) process.nextTick(onClose);
    else from.on('close', onClose);
  }

  carry('near', near, far, options.nearHead);
  carry('far', far, near, options.farHead);
}

/** Ends a stream the way its other side was ended: without a word. TLS has no such end but to close the connection. */
function cut(stream: Duplex): void {
  if (stream.destroyed) return;
  if (stream instanceof Socket && !(stream instanceof TLSSocket)) stream.resetAndDestroy();
  else if (stream instanceof Socket) stream.destroy();
  else stream.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
}
