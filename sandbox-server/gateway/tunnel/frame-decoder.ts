// Reads the frames of one direction out of the bytes that pass by, and changes nothing (RFC 6455 §5.2).
import { type FrameHead, headBytes, LONGEST_HEAD, payloadLength, readHead } from './frame-head.ts';

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
  /** Asked at the head of each data frame: one that is not wanted goes by, and nothing of it is kept. All are where it is not given. */
  wanted?(): boolean;
  onSkipped?(opcode: number, rsv: number): void;
  onFrame(frame: SeenFrame): void;
  /** The bytes are no frames; called once, and the decoder looks at nothing more. */
  onFault(reason: string): void;
}

const LONGEST_CONTROL = 125;

export function createFrameDecoder(options: FrameDecoderOptions): FrameDecoder {
  const head = Buffer.alloc(LONGEST_HEAD);
  let headFill = 0;
  let frame: SeenFrame | null = null;
  let mask: Buffer | null = null;
  let passed = 0;
  /** Bytes of the frame's payload that are still to go by, where nobody wants it. */
  let skipping = 0;
  let watching = true;

  /** Takes bytes of the head, until it is whole; gives the index after them. */
  function takeHead(chunk: Buffer, from: number): number {
    let i = from;
    while (i < chunk.length && headFill < headBytes(head, headFill)) {
      head[headFill] = chunk[i] ?? 0;
      headFill += 1;
      i += 1;
    }
    if (headFill < headBytes(head, headFill)) return i;
    if (skips()) return i;

    const { mask: key, ...read } = readHead(head);
    const seen = { ...read, masked: key !== null };
    const fault = faultOf(seen, options.compression);
    headFill = 0;
    if (fault !== null) {
      watching = false;
      options.onFault(fault);
      return i;
    }
    const kept = seen.opcode >= 8 ? LONGEST_CONTROL : options.payloadBytes;
    frame = { ...seen, payload: Buffer.alloc(Math.min(seen.length, kept)) };
    mask = key;
    passed = 0;
    return i;
  }

  /** Lets a data frame go by that nobody wants; what is odd about a head is for the careful reader. */
  function skips(): boolean {
    const first = head[0] ?? 0;
    const opcode = first & 0x0f;
    const rsv = (first >> 4) & 7;
    if (opcode > 2 || (rsv !== 0 && !(rsv === 4 && options.compression))) return false;
    if (options.wanted?.() ?? true) return false;
    const length = payloadLength(head);
    if (!Number.isSafeInteger(length)) return false;
    headFill = 0;
    skipping = length;
    options.onSkipped?.(opcode, rsv);
    return true;
  }

  function readPayload(current: SeenFrame, chunk: Buffer, from: number): number {
    const until = Math.min(chunk.length, from + current.length - passed);
    const { payload } = current;
    for (let i = from, at = passed; i < until && at < payload.length; i += 1, at += 1) {
      payload[at] = (chunk[i] ?? 0) ^ (mask?.[at & 3] ?? 0);
    }
    passed += until - from;
    return until;
  }

  return {
    push(chunk) {
      let i = 0;
      while (watching && i < chunk.length) {
        if (skipping > 0) {
          const step = Math.min(skipping, chunk.length - i);
          skipping -= step;
          i += step;
          continue;
        }
        i = frame ? readPayload(frame, chunk, i) : takeHead(chunk, i);
        if (frame && passed === frame.length) {
          const whole: SeenFrame = frame;
          frame = null;
          options.onFrame(whole);
        }
      }
    },
    atBoundary: () => watching && frame === null && headFill === 0 && skipping === 0,
  };
}

/**
 * Why this head cannot be trusted to tell where the next one is. What merely breaks a rule, such as a missing mask, is left for
 * the endpoints to refuse; the reader shall see it.
 */
function faultOf({ fin, rsv, opcode, length }: Omit<FrameHead, 'mask'>, compression: boolean): string | null {
  if ((opcode > 2 && opcode < 8) || opcode > 10) return `The opcode ${opcode} is reserved (RFC 6455 §5.2).`;
  if (rsv !== 0 && !(rsv === 4 && compression))
    return 'A reserved bit is set, but no extension that uses it was negotiated (RFC 6455 §5.2).';
  if (!Number.isSafeInteger(length))
    return 'The payload length is beyond what any frame can have (RFC 6455 §5.2).';
  if (opcode >= 8 && length > LONGEST_CONTROL)
    return 'A control frame is longer than 125 bytes (RFC 6455 §5.5).';
  if (opcode >= 8 && !fin) return 'A control frame is fragmented (RFC 6455 §5.5).';
  return null;
}
