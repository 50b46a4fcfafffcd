import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameBytes } from '../frame.fixture.ts';
import { closePayload, writeFrame } from './write-frame.ts';

it('writes the frames that the RFC has, in the shortest form', () => {
  const length = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.constantFrom(125, 126, 65_535, 65_536, 70_001),
  );
  fc.assert(
    fc.property(length, fc.constantFrom(1, 2, 8, 9, 10), (bytes, opcode) => {
      const payload = Uint8Array.from({ length: bytes }, (_, i) => (i * 7) & 0xff);
      const plain = { fin: true, rsv: 0, opcode, mask: null, payload };
      expect(writeFrame(opcode, payload, false).equals(frameBytes(plain))).toBe(true);
      const masked = writeFrame(opcode, payload, true);
      const start = masked.length - bytes;
      const mask = Uint8Array.from(masked.subarray(start - 4, start));
      expect(masked.equals(frameBytes({ ...plain, mask }))).toBe(true);
    }),
  );
});

it('masks every frame with a fresh key, and leaves the payload as it was', () => {
  const payload = Buffer.from('a message');
  const keys = Array.from({ length: 50 }, () => writeFrame(1, payload, true).subarray(2, 6).toString('hex'));
  expect(new Set(keys).size).toBeGreaterThan(45);
  expect(payload.toString()).toBe('a message');
});

it('a reason of any length fits into a Close frame, and no character is cut', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 1000, max: 4999 }),
      (reason, code) => {
        const payload = closePayload(code, reason);
        expect(payload.length).toBeLessThanOrEqual(125);
        expect(payload.readUInt16BE(0)).toBe(code);
        const told = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload.subarray(2));
        expect(reason.startsWith(told)).toBe(true);
        expect(Buffer.byteLength(reason) - Buffer.byteLength(told) < 4 || payload.length > 121).toBe(true);
      },
    ),
  );
});
