// Reads the frames of one direction out of the bytes that pass by, and changes nothing (RFC 6455 §5.2).
import { createHeadReader, type FrameHead, faultOfHead, maskByte } from './frame-head.ts';

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
  const reader = createHeadReader();
  const { head } = reader;
  /** The frame's payload as far as it is kept; `null` for a frame that nobody wants. */
  let payload: Buffer | null = null;
  let inHead = true;
  let atStart = true;
  let passed = 0;
  let watching = true;

  function begin(): void {
    const fault = faultOfHead(head, options.compression);
    if (fault !== null) {
      watching = false;
      options.onFault(fault);
      return;
    }
    inHead = false;
    passed = 0;
    const kept = head.opcode >= 8 ? LONGEST_CONTROL : options.payloadBytes;
    const wanted = options.wants?.(head) ?? true;
    payload = wanted ? Buffer.alloc(Math.min(head.length, kept)) : null;
  }

  function readPayload(chunk: Buffer, from: number): number {
    const until = Math.min(chunk.length, from + head.length - passed);
    if (payload) keep(payload, chunk, from, until);
    passed += until - from;
    return until;
  }

  function keep(kept: Buffer, chunk: Buffer, from: number, until: number): void {
    const { mask } = head;
    for (let i = from, at = passed; i < until && at < kept.length; i += 1, at += 1) {
      kept[at] = mask === null ? (chunk[i] ?? 0) : (chunk[i] ?? 0) ^ maskByte(mask, at);
    }
  }

  function end(): void {
    inHead = true;
    atStart = true;
    if (!payload) return;
    const { fin, rsv, opcode, length, mask } = head;
    const frame = { fin, rsv, opcode, length, masked: mask !== null, payload };
    payload = null;
    options.onFrame(frame);
  }

  return {
    push(chunk) {
      let i = 0;
      while (watching && i < chunk.length) {
        if (inHead) {
          atStart = false;
          i = reader.take(chunk, i);
          if (!reader.whole()) return;
          begin();
          if (!watching) return;
        }
        i = readPayload(chunk, i);
        if (passed === head.length) end();
      }
    },
    atBoundary: () => watching && atStart,
  };
}
