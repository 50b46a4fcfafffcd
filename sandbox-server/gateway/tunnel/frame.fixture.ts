// Frames for tests, written by hand from RFC 6455 §5.2, so that the decoder is held against something else than itself.
import fc from 'fast-check';

export interface TestFrame {
  fin: boolean;
  rsv: number;
  opcode: number;
  mask: Uint8Array | null;
  payload: Uint8Array;
}

export function frameBytes({ fin, rsv, opcode, mask, payload }: TestFrame): Buffer {
  const length = payload.length;
  const extended = length < 126 ? Buffer.alloc(0) : length < 65_536 ? Buffer.alloc(2) : Buffer.alloc(8);
  if (extended.length === 2) extended.writeUInt16BE(length);
  if (extended.length === 8) extended.writeBigUInt64BE(BigInt(length));
  const short = length < 126 ? length : extended.length === 2 ? 126 : 127;
  const head = Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode, (mask ? 0x80 : 0) | short]);
  const body = mask ? Buffer.from(payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0))) : Buffer.from(payload);
  return Buffer.concat([head, extended, mask ?? Buffer.alloc(0), body]);
}

/** Any frame that the RFC allows, masked or not, of all three length forms. */
export function anyFrame(): fc.Arbitrary<TestFrame> {
  const mask = fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }));
  const size = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 300 }) },
    { weight: 1, arbitrary: fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_001) },
  );
  const data = fc
    .tuple(size, fc.nat(255))
    .map(([length, seed]) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 0xff));
  const dataFrame = fc.record({
    fin: fc.boolean(),
    rsv: fc.constant(0),
    opcode: fc.constantFrom(0, 1, 2),
    mask,
    payload: data,
  });
  const control = fc.record({
    fin: fc.constant(true),
    rsv: fc.constant(0),
    opcode: fc.constantFrom(8, 9, 10),
    mask,
    payload: fc.uint8Array({ maxLength: 125 }),
  });
  return fc.oneof(dataFrame, control);
}

/** Cuts bytes at random places, as a network does. */
export function fragments(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}
