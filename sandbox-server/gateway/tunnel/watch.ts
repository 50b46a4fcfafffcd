// Tells the frames of one direction as events, as a reader wants to see them.

import { createEventBudget } from '../event-budget.ts';
import type { FrameDirection, GatewayEventBody } from '../events.ts';
import { createFrameDecoder, type FrameDecoder, type SeenFrame } from './frame-decoder.ts';

const CONTINUATION = 0;
const TEXT = 1;
const CLOSE = 8;

export interface CloseFrame {
  /** `null` for a Close frame without a body (told as 1005 by clients, but never on the wire). */
  code: number | null;
  reason: string | null;
}

export interface WatchOptions {
  direction: FrameDirection;
  payloadBytes: number;
  /** Frames that are told a second; Close frames always are. */
  framesPerSecond: number;
  compression: boolean;
  emit(event: GatewayEventBody): void;
  /** The first Close frame of this direction. */
  onClose(close: CloseFrame): void;
}

export function watchFrames(options: WatchOptions): FrameDecoder {
  const { direction, payloadBytes, compression, emit, onClose } = options;
  const budget = createEventBudget(options.framesPerSecond);
  let compressedMessage = false;
  let closed = false;

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

  function tellMissed(missed: number): void {
    if (missed === 0) return;
    const reason = `${direction}: ${missed} frames came faster than ${options.framesPerSecond} a second and are not shown.`;
    emit({ type: 'frames-unwatched', reason });
  }

  return createFrameDecoder({
    payloadBytes,
    compression,
    onFrame(frame) {
      // RSV1 stands on the first frame of a message only, and means all of them (RFC 7692 §6).
      if (frame.opcode < CLOSE && frame.opcode !== CONTINUATION) compressedMessage = frame.rsv === 4;
      const compressed = frame.opcode < CLOSE && compressedMessage;
      if (frame.opcode === CLOSE && !closed) {
        closed = true;
        tellMissed(budget.missed());
        const close = closeOf(frame);
        tell(frame, close.reason ?? '', close.code);
        onClose(close);
        return;
      }
      const { allowed, missed } = budget.take();
      if (!allowed) return;
      tellMissed(missed);
      tell(frame, compressed ? '' : shown(frame), frame.opcode === CLOSE ? closeOf(frame).code : null);
    },
    onFault: (reason) => emit({ type: 'frames-unwatched', reason: `${direction}: ${reason}` }),
  });
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
