import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragments, frameBytes, type TestFrame } from '../frame.fixture.ts';
import { createMessageReader, type MessageReaderOptions, type ReadItem } from './message-reader.ts';
import { anyConversation, anyMask } from './messages.fixture.ts';

const MAX_BYTES = 100_000;

function read(chunks: readonly Buffer[], options: Partial<MessageReaderOptions> = {}): ReadItem[] {
  const limits = { masked: true, maxBytes: MAX_BYTES, textOnly: false, lossBytes: null };
  const reader = createMessageReader({ ...limits, ...options });
  return chunks.flatMap((chunk) => [...reader.read(chunk)]);
}

const mask = Uint8Array.from([1, 2, 3, 4]);
const frame = (changed: Partial<TestFrame>): Buffer =>
  frameBytes({ fin: true, rsv: 0, opcode: 1, mask, payload: new Uint8Array(), ...changed });

describe('the message reader', () => {
  it('puts every message together, however it is fragmented, interleaved, masked and cut', () => {
    fc.assert(
      fc.property(
        fc.boolean().chain((masked) => fc.tuple(fc.constant(masked), anyConversation(masked))),
        fc.array(fc.nat()),
        ([masked, { frames, items }], cuts) => {
          const bytes = Buffer.concat(frames.map(frameBytes));
          const found = read(fragments(bytes, cuts), { masked });
          expect(
            found.map((item) => ('payload' in item ? { ...item, payload: [...item.payload] } : item)),
          ).toEqual(
            items.map((item) => ('payload' in item ? { ...item, payload: [...item.payload] } : item)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps its bytes to itself: a chunk that is written over later changes nothing', () => {
    const chunk = frame({ payload: Buffer.from('kept') });
    const [item] = read([chunk]);
    chunk.fill(0);
    expect(item).toMatchObject({ text: true, payload: Buffer.from('kept') });
  });

  const faults: [string, Buffer[], number, string][] = [
    ['a reserved opcode', [frame({ opcode: 3 })], 1002, '§5.2'],
    ['a reserved control opcode', [frame({ opcode: 11 })], 1002, '§5.2'],
    ['a reserved bit', [frame({ rsv: 4 })], 1002, '§5.2'],
    ['a frame without a mask', [frame({ mask: null })], 1002, '§5.1'],
    ['a fragmented ping', [frame({ opcode: 9, fin: false })], 1002, '§5.5'],
    ['a ping of 126 bytes', [frame({ opcode: 9, payload: new Uint8Array(126) })], 1002, '§5.5'],
    ['a length beyond 2^53', [Buffer.from('82ff0020000000000001', 'hex'), Buffer.alloc(4)], 1002, '§5.2'],
    ['a length in too long a form', [Buffer.from('82fe0005', 'hex'), Buffer.alloc(9)], 1002, '§5.2'],
    ['a length of 64 bits that is short', [Buffer.from('82ff000000000000ffff00000000', 'hex')], 1002, '§5.2'],
    ['a continuation of nothing', [frame({ opcode: 0 })], 1002, '§5.4'],
    ['a message inside another', [frame({ fin: false }), frame({})], 1002, '§5.4'],
    ['text that is no UTF-8', [frame({ payload: Buffer.from([0xc3, 0x28]) })], 1007, '§8.1'],
    [
      'text that ends in the middle of a character',
      [frame({ payload: Buffer.from([0xe2, 0x82]) })],
      1007,
      '§8.1',
    ],
    ['half a close code', [frame({ opcode: 8, payload: Buffer.from([3]) })], 1002, '§5.5.1'],
    [
      'a close code for the wire’s absence',
      [frame({ opcode: 8, payload: Buffer.from([3, 238]) })],
      1002,
      '§7.4',
    ],
    [
      'a close reason that is no UTF-8',
      [frame({ opcode: 8, payload: Buffer.from([3, 232, 0xff]) })],
      1007,
      '§5.5.1',
    ],
    [
      'a frame of a size that is never kept',
      [Buffer.from('82ff00000fffffffffff00000000', 'hex')],
      1009,
      '100000',
    ],
    [
      'a message that grows too large',
      [
        frame({ opcode: 2, fin: false, payload: new Uint8Array(MAX_BYTES) }),
        frame({ opcode: 0, payload: mask }),
      ],
      1009,
      '100000',
    ],
  ];
  it.each(faults)(
    '%s is a fault, told once, with its code and its place in the RFC',
    (_, sent, code, place) => {
      const [item, ...more] = read([...sent, frame({ payload: Buffer.from('after') })]);
      expect(item).toMatchObject({ kind: 'fault', code, reason: expect.stringContaining(place) });
      expect(more).toEqual([]);
    },
  );

  it('a frame of a server may not be masked', () => {
    expect(read([frame({})], { masked: false })).toMatchObject([{ kind: 'fault', code: 1002 }]);
  });

  it('text that is cut inside a character by fragmentation is text', () => {
    const [head, tail] = [Buffer.from([0xe2]), Buffer.from([0x82, 0xac])];
    expect(read([frame({ fin: false, payload: head }), frame({ opcode: 0, payload: tail })])).toMatchObject([
      { kind: 'message', payload: Buffer.from('€') },
    ]);
  });

  it('says nothing after a Close frame', () => {
    const close = frame({ opcode: 8, payload: Buffer.from([3, 232]) });
    expect(read([close, frame({})]).map(({ kind }) => kind)).toEqual(['close']);
  });

  it('loses what a switch does not let through, and counts bytes that it never kept', () => {
    const large = frame({ opcode: 2, fin: false, payload: new Uint8Array(MAX_BYTES) });
    const rest = frame({ opcode: 0, payload: new Uint8Array(MAX_BYTES) });
    const ping = frame({ opcode: 9 });
    const small = frame({ payload: Buffer.from('small') });
    for (const [why, options] of [
      ['binary', { textOnly: true }],
      ['size', { lossBytes: 5 }],
    ] as const) {
      const items = read([large, ping, rest, small], options);
      expect(items).toMatchObject([
        { kind: 'control' },
        { kind: 'lost', why, bytes: 2 * MAX_BYTES },
        { kind: 'message', payload: Buffer.from('small') },
      ]);
    }
  });

  it('survives any bytes at all', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), fc.boolean(), (chunks, masked) => {
        const items = read(
          chunks.map((chunk) => Buffer.from(chunk)),
          { masked },
        );
        expect(items.filter(({ kind }) => kind === 'fault').length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('a million fragments of one byte take no more memory than the message', () => {
    fc.assert(
      fc.property(anyMask(), (key) => {
        const one = frameBytes({ fin: false, rsv: 0, opcode: 0, mask: key, payload: Buffer.from('a') });
        const first = frameBytes({ fin: false, rsv: 0, opcode: 1, mask: key, payload: new Uint8Array() });
        const reader = createMessageReader({
          masked: true,
          maxBytes: 1_048_576,
          textOnly: false,
          lossBytes: null,
        });
        expect([...reader.read(first)]).toEqual([]);
        const chunk = Buffer.concat(Array(9_000).fill(one));
        const before = process.memoryUsage().arrayBuffers;
        for (let i = 0; i < 111; i += 1) expect([...reader.read(chunk)]).toEqual([]);
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_777_216);
        const last = frameBytes({ fin: true, rsv: 0, opcode: 0, mask: key, payload: new Uint8Array() });
        expect([...reader.read(last)]).toMatchObject([{ payload: { length: 999_000 } }]);
      }),
      { numRuns: 2 },
    );
  });
});
