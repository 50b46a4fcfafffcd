// The head of a frame: what its first 2 to 14 bytes say, and which of the RFC's rules they break (RFC 6455 §5.2).

export interface FrameHead {
  fin: boolean;
  /** The three reserved bits as a number. */
  rsv: number;
  opcode: number;
  /** Bytes of the payload; not a safe integer where the sender claims more than any frame can have. */
  length: number;
  mask: Buffer | null;
}

export const LONGEST_HEAD = 14;
const LONGEST_CONTROL = 125;

/** Bytes of the head, as far as the `fill` ones there tell: 2 at first, then what length and mask need. */
export function headBytes(head: Buffer, fill: number): number {
  if (fill < 2) return 2;
  const second = head[1] ?? 0;
  return 2 + extendedLength(second & 0x7f) + (second & 0x80 ? 4 : 0);
}

function extendedLength(short: number): number {
  return short === 126 ? 2 : short === 127 ? 8 : 0;
}

/** Reads a whole head. The mask is a copy. */
export function readHead(head: Buffer): FrameHead {
  const [first = 0, second = 0] = head;
  const short = second & 0x7f;
  const length =
    short === 126 ? head.readUInt16BE(2) : short === 127 ? Number(head.readBigUInt64BE(2)) : short;
  const end = headBytes(head, 2);
  return {
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 7,
    opcode: first & 0x0f,
    length,
    mask: second & 0x80 ? Buffer.from(head.subarray(end - 4, end)) : null,
  };
}

/**
 * The rule that a head breaks by itself, as a sentence, or `null`. `masked` is what the direction demands (§5.1). No extension is ever
 * negotiated where frames are read, so every reserved bit is a fault.
 */
export function faultOfHead({ fin, rsv, opcode, length, mask }: FrameHead, masked: boolean): string | null {
  if ((opcode > 2 && opcode < 8) || opcode > 10) return `the opcode ${opcode} is reserved (RFC 6455 §5.2)`;
  if (rsv !== 0) return 'a reserved bit is set, but no extension was negotiated (RFC 6455 §5.2)';
  if ((mask !== null) !== masked)
    return masked
      ? 'a frame of a client must be masked (RFC 6455 §5.1)'
      : 'a frame of a server must not be masked (RFC 6455 §5.1)';
  if (opcode >= 8 && !fin) return 'a control frame is fragmented (RFC 6455 §5.5)';
  if (opcode >= 8 && length > LONGEST_CONTROL)
    return 'a control frame is longer than 125 bytes (RFC 6455 §5.5)';
  if (!Number.isSafeInteger(length)) return 'the length is beyond what a frame can have (RFC 6455 §5.2)';
  return null;
}

/** Whether a length is written in more bytes than it needs (§5.2: the minimal number must be used). */
export function isLongForm(head: Buffer, length: number): boolean {
  const short = (head[1] ?? 0) & 0x7f;
  return (short === 126 && length < 126) || (short === 127 && length < 65_536);
}
