// Reads the frames of one direction out of the bytes that pass by, and changes nothing (RFC 6455 §5.2).

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
  onFrame(frame: SeenFrame): void;
  /** The bytes are no frames; called once, and the decoder looks at nothing more. */
  onFault(reason: string): void;
}

const LONGEST_HEAD = 14;
const LONGEST_CONTROL = 125;

export function createFrameDecoder(options: FrameDecoderOptions): FrameDecoder {
  const head = Buffer.alloc(LONGEST_HEAD);
  let headFill = 0;
  let frame: SeenFrame | null = null;
  let mask: Buffer | null = null;
  let passed = 0;
  let watching = true;

  /** Takes bytes of the head, until it is whole; gives the index after them. */
  function readHead(chunk: Buffer, from: number): number {
    let i = from;
    while (i < chunk.length && headFill < headLength(head, headFill)) {
      head[headFill] = chunk[i] ?? 0;
      headFill += 1;
      i += 1;
    }
    if (headFill < headLength(head, headFill)) return i;

    const seen = parseHead(head);
    const fault = faultOf(seen, options.compression);
    headFill = 0;
    if (fault !== null) {
      watching = false;
      options.onFault(fault);
      return i;
    }
    const kept = seen.opcode >= 8 ? LONGEST_CONTROL : options.payloadBytes;
    frame = { ...seen, payload: Buffer.alloc(Math.min(seen.length, kept)) };
    mask = seen.masked ? Buffer.from(head.subarray(seen.headBytes - 4, seen.headBytes)) : null;
    passed = 0;
    return i;
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
        i = frame ? readPayload(frame, chunk, i) : readHead(chunk, i);
        if (frame && passed === frame.length) {
          const whole: SeenFrame = frame;
          frame = null;
          options.onFrame(whole);
        }
      }
    },
    atBoundary: () => watching && frame === null && headFill === 0,
  };
}

/** Bytes of the head, as far as the ones there tell: 2 at first, then what length and mask need. */
function headLength(head: Buffer, fill: number): number {
  if (fill < 2) return 2;
  const second = head[1] ?? 0;
  const extended = (second & 0x7f) === 126 ? 2 : (second & 0x7f) === 127 ? 8 : 0;
  return 2 + extended + (second & 0x80 ? 4 : 0);
}

type FrameHead = Omit<SeenFrame, 'payload'> & { headBytes: number };

function parseHead(head: Buffer): FrameHead {
  const first = head[0] ?? 0;
  const second = head[1] ?? 0;
  const short = second & 0x7f;
  const length =
    short === 126 ? head.readUInt16BE(2) : short === 127 ? Number(head.readBigUInt64BE(2)) : short;
  return {
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 7,
    opcode: first & 0x0f,
    masked: (second & 0x80) !== 0,
    length,
    headBytes: headLength(head, 2),
  };
}

/**
 * Why this head cannot be trusted to tell where the next one is. What merely breaks a rule, such as a missing mask, is left for
 * the endpoints to refuse; the reader shall see it.
 */
function faultOf({ fin, rsv, opcode, length }: FrameHead, compression: boolean): string | null {
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
