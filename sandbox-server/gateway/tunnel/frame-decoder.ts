// Reads the frames of one direction out of the bytes that pass by, and changes nothing (RFC 6455 §5.2).
import { type FrameHead, faultOfHead, HeadReader, maskByte } from './frame-head.ts';

/** A frame as seen: `payload` is unmasked and at most as long as the decoder keeps; `length` is the whole length in bytes. */
export interface SeenFrame {
  fin: boolean;
  /** The three reserved bits as a number: 4 is RSV1. */
  rsv: number;
  opcode: number;
  masked: boolean;
  length: number;
  payload: Buffer;
}

export interface FrameDecoder {
  /** Looks at bytes; keeps none of them but the cut payload. */
  push(chunk: Buffer): void;
  /** Whether all bytes so far make whole frames, so that another frame may be written after them. */
  atBoundary(): boolean;
}

export interface FrameDecoderOptions {
  /** Bytes of a data frame's payload that are kept. Control frames, at most 125 bytes, are kept whole. */
  payloadBytes: number;
  /** Whether permessage-deflate was negotiated: only then may RSV1 be set (RFC 7692 §6). */
  compression: boolean;
  /** Asked at each frame's head; where it says no, the frame is passed over, and `onFrame` never gets it. */
  wants?(head: Readonly<FrameHead>): boolean;
  onFrame(frame: SeenFrame): void;
  /** The bytes are no frames; called once, and the decoder looks at nothing more. */
  onFault(reason: string): void;
}

const LONGEST_CONTROL = 125;

/**
 * What merely breaks a rule, such as a missing mask, is left for the endpoints to refuse; the reader shall see it. A fault is what
 * leaves open where the next frame is.
 */
export function createFrameDecoder(options: FrameDecoderOptions): FrameDecoder {
  return new Decoder(options);
}

/** A class for the same reason as `HeadReader`. */
class Decoder implements FrameDecoder {
  readonly #options: FrameDecoderOptions;
  readonly #head = new HeadReader();
  /** The frame's payload as far as it is kept; `null` for a frame that nobody wants. */
  #payload: Buffer | null = null;
  #inHead = true;
  #atStart = true;
  #passed = 0;
  #watching = true;

  constructor(options: FrameDecoderOptions) {
    this.#options = options;
  }

  atBoundary(): boolean {
    return this.#watching && this.#atStart;
  }

  push(chunk: Buffer): void {
    const head = this.#head;
    let i = 0;
    while (this.#watching && i < chunk.length) {
      if (this.#inHead) {
        this.#atStart = false;
        i = head.take(chunk, i);
        if (!head.whole) return;
        this.#begin();
        if (!this.#watching) return;
      }
      const until = Math.min(chunk.length, i + head.length - this.#passed);
      if (this.#payload) this.#keep(this.#payload, chunk, i, until);
      this.#passed += until - i;
      i = until;
      if (this.#passed === head.length) this.#end();
    }
  }

  #begin(): void {
    const { opcode, length } = this.#head;
    const fault = faultOfHead(this.#head, this.#options.compression);
    if (fault !== null) {
      this.#watching = false;
      this.#options.onFault(fault);
      return;
    }
    this.#inHead = false;
    this.#passed = 0;
    const wanted = this.#options.wants?.(this.#head) ?? true;
    const kept = opcode >= 8 ? LONGEST_CONTROL : this.#options.payloadBytes;
    this.#payload = wanted ? Buffer.alloc(Math.min(length, kept)) : null;
  }

  #keep(kept: Buffer, chunk: Buffer, from: number, until: number): void {
    const { mask } = this.#head;
    for (let i = from, at = this.#passed; i < until && at < kept.length; i += 1, at += 1) {
      kept[at] = mask === null ? (chunk[i] ?? 0) : (chunk[i] ?? 0) ^ maskByte(mask, at);
    }
  }

  #end(): void {
    this.#inHead = true;
    this.#atStart = true;
    const payload = this.#payload;
    if (!payload) return;
    this.#payload = null;
    const { fin, rsv, opcode, length, mask } = this.#head;
    this.#options.onFrame({ fin, rsv, opcode, length, masked: mask !== null, payload });
  }
}
