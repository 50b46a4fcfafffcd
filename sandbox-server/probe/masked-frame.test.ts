import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameDecoder, type SeenFrame } from '../gateway/tunnel/frame-decoder.ts';
import { closeFrame, messageFrame, pingFrame, pongFrame } from './masked-frame.ts';

function read(bytes: Buffer): SeenFrame[] {
  const frames: SeenFrame[] = [];
  const decoder = createFrameDecoder({
    payloadBytes: 1_000_000,
    compression: false,
    onFrame: (frame) => frames.push(frame),
    onFault(reason) {
      throw new Error(reason);
    },
  });
  decoder.push(bytes);
  expect(decoder.atBoundary()).toBe(true);
  return frames;
}

test('a message of any length is one masked frame with its payload, in the shortest form of its length', () => {
  const edges = fc.constantFrom(0, 1, 125, 126, 65_535, 65_536);
  fc.assert(
    fc.property(fc.oneof(edges, fc.nat(70_000)), (length) => {
      const payload = randomBytes(length);
      const frame = messageFrame({ hex: payload.toString('hex') });
      const headBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
      expect(frame.length).toBe(headBytes + 4 + length);
      const [seen] = read(frame);
      expect(seen).toMatchObject({ fin: true, rsv: 0, opcode: 2, masked: true, length });
      expect(seen?.payload.equals(payload)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('text, ping, pong and close are frames of their opcode', () => {
  const text = `ä€😀 ${randomBytes(4).toString('hex')}`;
  const code = 3_000 + Math.floor(Math.random() * 1_000);
  const frames = read(
    Buffer.concat([
      messageFrame({ text }),
      pingFrame(),
      closeFrame(code),
      closeFrame(null),
      pongFrame(Buffer.from(text)),
    ]),
  );
  expect(frames.map(({ opcode, masked }) => [opcode, masked])).toEqual(
    [1, 9, 8, 8, 10].map((opcode) => [opcode, true]),
  );
  expect(frames[0]?.payload.toString('utf8')).toBe(text);
  expect(frames[2]?.payload.readUInt16BE(0)).toBe(code);
  expect(frames[3]?.length).toBe(0);
  expect(frames[4]?.payload.toString('utf8')).toBe(text);
});
