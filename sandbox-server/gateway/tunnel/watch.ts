// Tells the frames of one direction as events, as a reader wants to see them.

import { createEventBudget, type EventBudget } from '../event-budget.ts';
import type { FrameDirection, GatewayEventBody } from '../events.ts';
import {
  createFrameDecoder,
  type FrameDecoder,
  type FrameDecoderOptions,
  type SeenFrame,
} from './frame-decoder.ts';
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

/** The first Close frame is always told. Of the frames that nobody is told of, no more than the heads is looked at. */
export function watchFrames(options: WatchOptions): FrameWatch {
  return new Watch(options);
}

/** A class for the same reason as `HeadReader`. */
class Watch implements FrameWatch, FrameDecoderOptions {
  readonly payloadBytes: number;
  readonly compression: boolean;
  readonly #options: WatchOptions;
  readonly #decoder: FrameDecoder;
  readonly #budget: EventBudget;
  #compressedMessage = false;
  #closed = false;
  #told = 0;
  /** Not told since the last that was. */
  #unwatched = 0;
  #tooFast = 0;

  constructor(options: WatchOptions) {
    this.payloadBytes = options.payloadBytes;
    this.compression = options.compression;
    this.#options = options;
    this.#budget = createEventBudget(options.framesPerSecond);
    this.#decoder = createFrameDecoder(this);
  }

  push(chunk: Buffer): void {
    this.#decoder.push(chunk);
  }

  atBoundary(): boolean {
    return this.#decoder.atBoundary();
  }

  end(): void {
    this.#tellPassedOver();
  }

  /** Whether a frame is told. */
  wants({ opcode, rsv }: Readonly<FrameHead>): boolean {
    // RSV1 stands on the first frame of a message only, and means all of them (RFC 7692 §6).
    if (opcode < CLOSE && opcode !== CONTINUATION) this.#compressedMessage = rsv === 4;
    if (opcode === CLOSE && !this.#closed) {
      this.#tellPassedOver();
      return true;
    }
    const { framesUnwatched, watched, takeFrame } = this.#options;
    const later = this.#told >= framesUnwatched;
    if (later && !watched()) {
      this.#unwatched += 1;
      return false;
    }
    if (!this.#budget.take().allowed || (later && !takeFrame())) {
      this.#tooFast += 1;
      return false;
    }
    this.#tellPassedOver();
    this.#told += 1;
    return true;
  }

  onFrame(frame: SeenFrame): void {
    const compressed = frame.opcode < CLOSE && this.#compressedMessage;
    if (frame.opcode === CLOSE) this.#onClose(frame);
    else this.#tell(frame, compressed ? '' : shown(frame), null);
  }

  #onClose(frame: SeenFrame): void {
    const close = closeOf(frame);
    this.#tell(frame, close.reason ?? '', close.code);
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClose(close);
  }

  onFault(fault: string): void {
    const reason = `${this.#options.direction}: ${fault}.`;
    this.#options.emit({ type: 'frames-unwatched', reason });
  }

  #tell(frame: SeenFrame, payload: string, closeCode: number | null): void {
    const { fin, rsv, opcode, masked, length } = frame;
    const { direction, emit } = this.#options;
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

  #tellPassedOver(): void {
    if (this.#unwatched > 0) this.#tellNotShown(this.#unwatched, 'passed while nobody watched');
    if (this.#tooFast > 0) this.#tellNotShown(this.#tooFast, 'came faster than the log shows them');
    this.#unwatched = 0;
    this.#tooFast = 0;
  }

  #tellNotShown(frames: number, why: string): void {
    const reason = `${this.#options.direction}: ${frames} frames ${why}, and are not shown.`;
    this.#options.emit({ type: 'frames-unwatched', reason });
  }
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
