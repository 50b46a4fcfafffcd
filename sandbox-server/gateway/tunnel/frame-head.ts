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

const LONGEST_HEAD = 14;
const LONGEST_CONTROL = 125;

/**
 * Reads the heads of one direction, one after the other, each into the same fields. With a thousand connections each object that a
 * chunk touches is fetched from memory anew, so this is one object, and allocates nothing where heads come whole.
 */
export class HeadReader implements FrameHead {
  fin = false;
  rsv = 0;
  opcode = 0;
  length = 0;
  mask: number | null = null;
  longForm = false;
  /** Of a head that comes in pieces: the bytes so far. */
  #pieces: Buffer | null = null;
  #filled = 2;
  /** Bytes of the head, as far as those there tell: 2 at first, then what length and mask need. */
  #needed = 2;

  /** Whether the fields are those of a whole head. */
  get whole(): boolean {
    return this.#filled === this.#needed;
  }

  /** Takes bytes from this index on until the head is whole; gives the index after them. A whole head is followed by a new one. */
  take(chunk: Buffer, from: number): number {
    if (this.#filled < this.#needed) return this.#takePieces(chunk, from);
    const length = from + 1 < chunk.length ? headLength(chunk[from + 1] ?? 0) : LONGEST_HEAD;
    if (from + length <= chunk.length) {
      this.#parse(chunk, from);
      return from + length;
    }
    this.#filled = 0;
    this.#needed = 2;
    return this.#takePieces(chunk, from);
  }

  #takePieces(chunk: Buffer, from: number): number {
    this.#pieces ??= Buffer.alloc(LONGEST_HEAD);
    let i = from;
    while (this.#filled < this.#needed && i < chunk.length) {
      this.#pieces[this.#filled] = chunk[i] ?? 0;
      this.#filled += 1;
      i += 1;
      if (this.#filled === 2) this.#needed = headLength(this.#pieces[1] ?? 0);
    }
    if (this.whole) this.#parse(this.#pieces, 0);
    return i;
  }

  /** The bytes from `at` on are a whole head. */
  #parse(from: Buffer, at: number): void {
    const first = from[at] ?? 0;
    const second = from[at + 1] ?? 0;
    const short = second & 0x7f;
    this.fin = (first & 0x80) !== 0;
    this.rsv = (first >> 4) & 7;
    this.opcode = first & 0x0f;
    // Read as two halves: a big integer would be an allocation.
    this.length =
      short === 126
        ? from.readUInt16BE(at + 2)
        : short === 127
          ? from.readUInt32BE(at + 2) * 2 ** 32 + from.readUInt32BE(at + 6)
          : short;
    this.longForm = (short === 126 && this.length < 126) || (short === 127 && this.length < 65_536);
    this.mask = second & 0x80 ? from.readInt32BE(at + headLength(second) - 4) : null;
  }
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
