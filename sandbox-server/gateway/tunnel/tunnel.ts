// A connection after its 101: bytes both ways, watched but not touched, until one side ends it.
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { CUT_SENTENCE, type HeldBytes } from '../held-bytes.ts';
import { createHopTimes } from './hop-times.ts';
import { relay } from './relay.ts';
import { type CloseFrame, type FrameTelling, watchFrames } from './watch.ts';

export interface TunnelOptions {
  client: Duplex;
  target: Duplex;
  /** What came from each after the handshake, before the tunnel began. */
  clientHead: Buffer;
  targetHead: Buffer;
  /** Whether client and target negotiated permessage-deflate. */
  compression: boolean;
  /** Nobody answers a Close frame here, so the gateway ends the connection when the client has sent one. */
  endsOnClose: boolean;
  telling: FrameTelling;
  /** Whether told frames tell the time between the hops: where `target` is the other hop itself. */
  timed: boolean;
  held: HeldBytes;
  halfCloseMs: number;
  /** Milliseconds without a byte either way until the connection is torn down; 0 for never. */
  idleMs: number;
  /** Milliseconds that the client has to end after 1001. */
  drainMs: number;
}

export interface Tunnel {
  /** Sends 1001 where a frame may be written, then ends both sides. */
  shutDown(): void;
  /** Settles when both sides are closed. */
  closed: Promise<void>;
}

/** Close frame with 1001, Going Away, unmasked as from a server (RFC 6455 §7.4.1). */
const GOING_AWAY = Buffer.from([0x88, 0x02, 0x03, 0xe9]);

export function openTunnel(options: TunnelOptions): Tunnel {
  // Not `options` itself in what lives as long as the connection: it has bytes that are passed at once.
  const { client, target, telling, compression, endsOnClose, drainMs } = options;
  let bytesFromClient = 0;
  let bytesToClient = 0;
  let close: (CloseFrame & { by: 'client' | 'target' }) | null = null;
  let shuttingDown = false;
  let idle = false;
  let overfull = false;
  let drain: NodeJS.Timeout | undefined;
  const closed = Promise.withResolvers<void>();

  // Torn down as the product documents it: without a Close frame.
  const idleTimer =
    options.idleMs > 0
      ? setTimeout(() => {
          idle = true;
          client.destroy();
          target.destroy();
        }, options.idleMs)
      : undefined;

  const hops = options.timed ? createHopTimes(telling.emit) : null;
  const inside = { client: !(client instanceof Socket), target: !(target instanceof Socket) };

  const ofClient = watchFrames({
    ...telling,
    ...(hops && { emit: (event) => hops.tell('near', event) }),
    compression,
    direction: 'client-to-gateway',
    onClose(frame) {
      close ??= { ...frame, by: 'client' };
      if (endsOnClose) client.end();
    },
  });
  const ofTarget = watchFrames({
    ...telling,
    ...(hops && { emit: (event) => hops.tell('far', event) }),
    compression,
    direction: 'gateway-to-client',
    onClose(frame) {
      close ??= { ...frame, by: 'target' };
    },
  });

  relay({
    near: client,
    far: target,
    nearHead: options.clientHead,
    farHead: options.targetHead,
    halfCloseMs: options.halfCloseMs,
    held: options.held,
    onOverfull() {
      overfull = true;
      telling.emit({ type: 'gateway-log', level: 'warn', code: null, text: CUT_SENTENCE });
    },
    onBytes: {
      near(chunk) {
        bytesFromClient += chunk.length;
        idleTimer?.refresh();
        ofClient.push(chunk);
        if (inside.target) hops?.handing('near');
      },
      far(chunk) {
        bytesToClient += chunk.length;
        idleTimer?.refresh();
        ofTarget.push(chunk);
        if (inside.client) hops?.handing('far');
      },
    },
    onWritten: hops?.written,
    onClosed(side, how) {
      clearTimeout(drain);
      clearTimeout(idleTimer);
      ofClient.end();
      ofTarget.end();
      telling.emit({
        type: 'connection-closed',
        by:
          shuttingDown || idle || overfull
            ? 'gateway'
            : (close?.by ?? (side === 'near' ? 'client' : 'target')),
        how: shuttingDown ? 'shutdown' : idle ? 'idle' : overfull ? 'reset' : close ? 'close-frame' : how,
        closeCode: shuttingDown ? 1001 : (close?.code ?? null),
        closeReason: close?.reason ?? null,
        bytesFromClient,
        bytesToClient,
      });
      closed.resolve();
    },
  });

  return {
    closed: closed.promise,
    shutDown() {
      if (shuttingDown) return;
      shuttingDown = true;
      // In the middle of a frame a Close frame would be read as its payload.
      if (ofTarget.atBoundary() && !client.writableEnded) client.write(GOING_AWAY);
      // The target learns of it when the client has ended, or when the time is over.
      client.end();
      drain = setTimeout(() => {
        client.destroy();
        target.destroy();
      }, drainMs);
    },
  };
}
