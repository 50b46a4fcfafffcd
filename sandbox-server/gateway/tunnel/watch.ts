// Tells the frames of one direction as events, as a reader wants to see them.

import { createEventBudget } from '../event-budget.ts';
import type { FrameDirection, GatewayEventBody } from '../events.ts';
import { createFrameDecoder, type FrameDecoder, type SeenFrame } from './frame-decoder.ts';
import type { FrameHead } from './frame-head.ts';

const CONTINUATION = 0;
const TEXT = 1;
const CLOSE = 8;

export interface CloseFrame {
  /** `null` for a Close frame without a body (told as 1005 by clients, but never on the wire). */
  code: number | null;
  reason: string | null;
}

/** How much is told of a connection's frames, and to whom. */
export interface FrameTelling {
  /** Bytes of a payload that are shown. */
  payloadBytes: number;
  /** Frames that are told a second and direction. */
  framesPerSecond: number;
  /** Frames of a direction that are told at its beginning, whether or not somebody watches: who comes afterwards sees how it began. */
  framesUnwatched: number;
  /** Whether somebody watches now. */
  watched(): boolean;
  /** Whether one more may be told now, of all connections together; not asked for the frames at the beginning. */
  takeFrame(): boolean;
  emit(event: GatewayEventBody): void;
}

export interface WatchOptions extends FrameTelling {
  direction: FrameDirection;
  compression: boolean;
  /** The first Close frame of this direction. */
  onClose(close: CloseFrame): void;
}

export interface FrameWatch extends FrameDecoder {
  /** No more bytes will come: tells how many frames were passed over at last. */
  end(): void;
}

/** Close frames are always told. Of the frames that nobody is told of, no more than the heads is looked at. */
export function watchFrames(options: WatchOptions): FrameWatch {
  const { direction, emit } = options;
  const budget = createEventBudget(options.framesPerSecond);
  let compressedMessage = false;
  let closed = false;
  let told = 0;
  /** Not told since the last that was. */
  let unwatched = 0;
  let tooFast = 0;

  /** Whether a frame is told: the first Close frame always is. */
  function wants({ opcode, rsv }: Readonly<FrameHead>): boolean {
    // RSV1 stands on the first frame of a message only, and means all of them (RFC 7692 §6).
    if (opcode < CLOSE && opcode !== CONTINUATION) compressedMessage = rsv === 4;
    if (opcode === CLOSE && !closed) {
      tellPassedOver();
      return true;
    }
    const later = told >= options.framesUnwatched;
    if (later && !options.watched()) {
      unwatched += 1;
      return false;
    }
    if (!budget.take().allowed || (later && !options.takeFrame())) {
      tooFast += 1;
      return false;
    }
    tellPassedOver();
    told += 1;
    return true;
  }

  function tell(frame: SeenFrame, payload: string, closeCode: number | null): void {
    const { fin, rsv, opcode, masked, length } = frame;
    const payloadTruncated = frame.payload.length < length;
    emit({
      type: 'frame',
      direction,
      fin,
      rsv,
      opcode,
      masked,
      length,
      payload,
      payloadTruncated,
      closeCode,
    });
  }

  function tellPassedOver(): void {
    if (unwatched > 0) tellNotShown(unwatched, 'passed while nobody watched');
    if (tooFast > 0) tellNotShown(tooFast, 'came faster than the log shows them');
    unwatched = 0;
    tooFast = 0;
  }

  function tellNotShown(frames: number, why: string): void {
    emit({ type: 'frames-unwatched', reason: `${direction}: ${frames} frames ${why}, and are not shown.` });
  }

  const decoder = createFrameDecoder({
    payloadBytes: options.payloadBytes,
    compression: options.compression,
    wants,
    onFrame(frame) {
      if (frame.opcode !== CLOSE) {
        const compressed = frame.opcode < CLOSE && compressedMessage;
        return tell(frame, compressed ? '' : shown(frame), null);
      }
      const close = closeOf(frame);
      tell(frame, close.reason ?? '', close.code);
      if (closed) return;
      closed = true;
      options.onClose(close);
    },
    onFault: (reason) => emit({ type: 'frames-unwatched', reason: `${direction}: ${reason}.` }),
  });
  return { ...decoder, end: tellPassedOver };
}

/** Code and reason of a Close frame (RFC 6455 §5.5.1). */
function closeOf({ payload }: SeenFrame): CloseFrame {
  if (payload.length < 2) return { code: null, reason: null };
  return { code: payload.readUInt16BE(0), reason: text(payload.subarray(2), false) };
}

function shown(frame: SeenFrame): string {
  if (frame.opcode !== TEXT) return frame.payload.toString('hex');
  return text(frame.payload, !frame.fin || frame.payload.length < frame.length);
}

/** Where the text goes on elsewhere, a character that is cut at the end is left out. */
function text(bytes: Uint8Array, goesOn: boolean): string {
  return new TextDecoder().decode(bytes, { stream: goesOn });
}
