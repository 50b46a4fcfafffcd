import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFrame, fragments, frameBytes, type TestFrame } from './frame.fixture.ts';
import { createFrameDecoder, type SeenFrame } from './frame-decoder.ts';

function watch(compression = false, payloadBytes = 200) {
  const frames: SeenFrame[] = [];
  const faults: string[] = [];
  const decoder = createFrameDecoder({
    payloadBytes,
    compression,
    onFrame: (frame) => frames.push(frame),
    onFault: (fault) => faults.push(fault),
  });
  return { decoder, frames, faults };
}

const plain = (changed: Partial<TestFrame>): TestFrame => ({
  fin: true,
  rsv: 0,
  opcode: 1,
  mask: null,
  payload: new Uint8Array(),
  ...changed,
});

describe('the frame decoder', () => {
  it('sees every frame as it was written, wherever the network cuts the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(anyFrame(), { maxLength: 8 }),
        fc.array(fc.nat()),
        fc.integer({ min: 1, max: 500 }),
        (sent, cuts, kept) => {
          const { decoder, frames, faults } = watch(false, kept);
          const bytes = Buffer.concat(sent.map(frameBytes));
          const before = Buffer.from(bytes);
          for (const fragment of fragments(bytes, cuts)) decoder.push(fragment);

          expect(faults).toEqual([]);
          expect(decoder.atBoundary()).toBe(true);
          expect(bytes.equals(before)).toBe(true);
          expect(frames).toHaveLength(sent.length);
          for (const [i, { fin, rsv, opcode, mask, payload }] of sent.entries()) {
            expect(frames[i]).toMatchObject({
              fin,
              rsv,
              opcode,
              masked: mask !== null,
              length: payload.length,
            });
            const shown = payload.subarray(0, opcode >= 8 ? 125 : kept);
            expect(frames[i]?.payload.equals(shown)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads the examples of RFC 6455 §5.7', () => {
    const { decoder, frames } = watch();
    decoder.push(Buffer.from('810548656c6c6f', 'hex'));
    decoder.push(Buffer.from('818537fa213d7f9f4d5158', 'hex'));
    decoder.push(Buffer.from('890548656c6c6f', 'hex'));
    expect(frames.map(({ opcode, masked, payload }) => [opcode, masked, payload.toString()])).toEqual([
      [1, false, 'Hello'],
      [1, true, 'Hello'],
      [9, false, 'Hello'],
    ]);
  });

  it('is at a boundary only between frames', () => {
    const { decoder } = watch();
    const bytes = frameBytes(plain({ payload: Buffer.from('ab') }));
    for (const [i, byte] of bytes.entries()) {
      expect(decoder.atBoundary()).toBe(i === 0);
      decoder.push(Buffer.from([byte]));
    }
    expect(decoder.atBoundary()).toBe(true);
  });

  it('keeps no more of a frame of 16 MB than it shows', () => {
    const { decoder, frames } = watch(false, 100);
    const length = 16 * 1_048_576;
    const head = Buffer.alloc(10);
    head.set([0x82, 127]);
    head.writeBigUInt64BE(BigInt(length), 2);
    decoder.push(head);
    const chunk = Buffer.alloc(65_536, 7);
    for (let sent = 0; sent < length; sent += chunk.length) decoder.push(chunk);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.length).toBe(length);
    expect(frames[0]?.payload.buffer.byteLength).toBeLessThanOrEqual(100);
  });

  const faulty: [string, TestFrame | Buffer][] = [
    ['a reserved opcode', plain({ opcode: 3 })],
    ['a reserved control opcode', plain({ opcode: 11 })],
    ['RSV1 without compression', plain({ rsv: 4 })],
    ['RSV2', plain({ rsv: 2 })],
    ['a fragmented ping', plain({ opcode: 9, fin: false })],
    ['a ping of 126 bytes', plain({ opcode: 9, payload: new Uint8Array(126) })],
    ['a length with its first bit set', Buffer.from('827f8000000000000000', 'hex')],
    ['a length beyond 2^53', Buffer.from('827f0020000000000001', 'hex')],
  ];
  it.each(faulty)('stops at %s, says why once, and looks at nothing more', (_, frame) => {
    const { decoder, frames, faults } = watch();
    decoder.push(Buffer.isBuffer(frame) ? frame : frameBytes(frame));
    decoder.push(frameBytes(plain({ payload: Buffer.from('after') })));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/RFC 6455 §5/);
    expect(frames).toEqual([]);
    expect(decoder.atBoundary()).toBe(false);
  });

  it('takes RSV1 where compression was negotiated', () => {
    const { decoder, frames, faults } = watch(true);
    decoder.push(frameBytes(plain({ rsv: 4 })));
    expect([frames.length, faults.length]).toEqual([1, 0]);
  });

  it('survives any bytes at all', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), fc.boolean(), (chunks, compression) => {
        const { decoder, faults } = watch(compression);
        for (const chunk of chunks) decoder.push(Buffer.from(chunk));
        expect(faults.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
