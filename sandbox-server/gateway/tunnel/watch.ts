// Tells the frames of one direction as events, as a reader wants to see them.
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
  compression: boolean;
  emit(event: GatewayEventBody): void;
  /** The first Close frame of this direction. */
  onClose(close: CloseFrame): void;
}

export function watchFrames(options: WatchOptions): FrameDecoder {
  const { direction, payloadBytes, compression, emit, onClose } = options;
  let compressedMessage = false;
  let closed = false;

  return createFrameDecoder({
    payloadBytes,
    compression,
    onFrame(frame) {
      // RSV1 stands on the first frame of a message only, and means all of them (RFC 7692 §6).
      if (frame.opcode < CLOSE && frame.opcode !== CONTINUATION) compressedMessage = frame.rsv === 4;
      const compressed = frame.opcode < CLOSE && compressedMessage;
      const close = frame.opcode === CLOSE ? closeOf(frame) : null;
      const { fin, rsv, opcode, masked, length } = frame;
      const payload = compressed ? '' : close ? (close.reason ?? '') : shown(frame);
      const payloadTruncated = !compressed && frame.payload.length < length;
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
        closeCode: close?.code ?? null,
      });
      if (close && !closed) {
        closed = true;
        onClose(close);
      }
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
