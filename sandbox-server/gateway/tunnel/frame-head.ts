// The head of a frame: what its first 2 to 14 bytes say, however they are cut, and which of the RFC's rules they break (RFC 6455 §5.2).

export interface FrameHead {
  fin: boolean;
  /** The three reserved bits as a number: 4 is RSV1. */
  rsv: number;
  opcode: number;
  /** Bytes of the payload; not a safe integer where the sender claims more than any frame can have. */
  length: number;
  /** The four bytes of the masking key as a 32-bit number, the first in the highest byte; `null` for a frame without. */
  mask: number | null;
  /** Whether the length is written in more bytes than it needs (§5.2: the minimal number must be used). */
  longForm: boolean;
}

export interface HeadReader {
  /** The head that is whole: one object for all of a direction, which the next head writes over. */
  readonly head: Readonly<FrameHead>;
  /** Takes bytes from this index on until the head is whole; gives the index after them. A whole head is followed by a new one. */
  take(chunk: Buffer, from: number): number;
  whole(): boolean;
}

const LONGEST_HEAD = 14;
const LONGEST_CONTROL = 125;

/** Allocates nothing once it is made: heads come by the hundred thousand. */
export function createHeadReader(): HeadReader {
  const bytes = Buffer.alloc(LONGEST_HEAD);
  const head: FrameHead = { fin: false, rsv: 0, opcode: 0, length: 0, mask: null, longForm: false };
  /** Those of a head that comes in pieces. */
  let filled = 2;
  /** Bytes of the head, as far as those there tell: 2 at first, then what length and mask need. */
  let needed = 2;

  /** The bytes from `at` on are a whole head. */
  function parse(from: Buffer, at: number): void {
    const first = from[at] ?? 0;
    const second = from[at + 1] ?? 0;
    const short = second & 0x7f;
    head.fin = (first & 0x80) !== 0;
    head.rsv = (first >> 4) & 7;
    head.opcode = first & 0x0f;
    // Read as two halves: a big integer would be an allocation.
    head.length =
      short === 126
        ? from.readUInt16BE(at + 2)
        : short === 127
          ? from.readUInt32BE(at + 2) * 2 ** 32 + from.readUInt32BE(at + 6)
          : short;
    head.longForm = (short === 126 && head.length < 126) || (short === 127 && head.length < 65_536);
    head.mask = second & 0x80 ? from.readInt32BE(at + headLength(second) - 4) : null;
  }

  return {
    head,
    take(chunk, from) {
      if (filled === needed) {
        filled = 0;
        needed = 2;
        // Most heads come whole.
        const length = from + 1 < chunk.length ? headLength(chunk[from + 1] ?? 0) : LONGEST_HEAD;
        if (from + length <= chunk.length) {
          parse(chunk, from);
          filled = needed;
          return from + length;
        }
      }
      let i = from;
      while (filled < needed && i < chunk.length) {
        bytes[filled] = chunk[i] ?? 0;
        filled += 1;
        i += 1;
        if (filled === 2) needed = headLength(bytes[1] ?? 0);
      }
      if (filled === needed) parse(bytes, 0);
      return i;
    },
    whole: () => filled === needed,
  };
}

function headLength(second: number): number {
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}

/** The byte with which that of this place in the payload is masked (RFC 6455 §5.3). */
export function maskByte(mask: number, at: number): number {
  return (mask >>> (24 - 8 * (at & 3))) & 0xff;
}

/** The rule that a head breaks by itself, as a sentence, or `null`. RSV1 is for compression, where that was negotiated (RFC 7692 §6). */
export function faultOfHead(
  { fin, rsv, opcode, length }: Readonly<FrameHead>,
  compression: boolean,
): string | null {
  if ((opcode > 2 && opcode < 8) || opcode > 10) return `the opcode ${opcode} is reserved (RFC 6455 §5.2)`;
  if (rsv !== 0 && !(rsv === 4 && compression))
    return 'a reserved bit is set, but no extension was negotiated that uses it (RFC 6455 §5.2)';
  if (opcode >= 8 && !fin) return 'a control frame is fragmented (RFC 6455 §5.5)';
  if (opcode >= 8 && length > LONGEST_CONTROL)
    return 'a control frame is longer than 125 bytes (RFC 6455 §5.5)';
  if (!Number.isSafeInteger(length)) return 'the length is beyond what a frame can have (RFC 6455 §5.2)';
  return null;
}

/** Whether a frame is masked as its direction demands, as a sentence where not (§5.1). */
export function faultOfMask({ mask }: Readonly<FrameHead>, masked: boolean): string | null {
  if ((mask !== null) === masked) return null;
  return masked
    ? 'a frame of a client must be masked (RFC 6455 §5.1)'
    : 'a frame of a server must not be masked (RFC 6455 §5.1)';
}
