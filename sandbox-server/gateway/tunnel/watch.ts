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
  let unwatched = 0;

  /** Whether a frame is told: the first Close frame always is. */
  function wants({ opcode, rsv }: Readonly<FrameHead>): boolean {
    // RSV1 stands on the first frame of a message only, and means all of them (RFC 7692 §6).
    if (opcode < CLOSE && opcode !== CONTINUATION) compressedMessage = rsv === 4;
    if (opcode === CLOSE && !closed) {
      tellPassedOver(budget.takeMissed());
      return true;
    }
    if (told >= options.framesUnwatched && !options.watched()) {
      unwatched += 1;
      return false;
    }
    const { allowed, missed } = budget.take();
    if (!allowed) return false;
    tellPassedOver(missed);
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

  function tellPassedOver(missed: number): void {
    if (unwatched > 0) {
      const reason = `${direction}: ${unwatched} frames passed while nobody watched, and are not shown.`;
      unwatched = 0;
      emit({ type: 'frames-unwatched', reason });
    }
    if (missed > 0) {
      const reason = `${direction}: ${missed} frames came faster than ${options.framesPerSecond} a second and are not shown.`;
      emit({ type: 'frames-unwatched', reason });
    }
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
  return { ...decoder, end: () => tellPassedOver(budget.takeMissed()) };
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
