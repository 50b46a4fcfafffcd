// Collects a message's payload: one buffer that grows with what has come, whatever a frame's head claims will come.
import { maskByte } from '../frame-head.ts';

const FIRST_BYTES = 1_024;

export interface GrowingBytes {
  /** Adds a copy, unmasked where there is a mask; `at` is the place of the first byte in its frame's payload. */
  add(bytes: Buffer, mask: number | null, at: number): void;
  /** All so far; not a copy. */
  whole(): Buffer;
}

export function createGrowingBytes(): GrowingBytes {
  let buffer = Buffer.allocUnsafe(0);
  let filled = 0;
  return {
    add(bytes, mask, at) {
      const end = filled + bytes.length;
      if (end > buffer.length) {
        const grown = Buffer.allocUnsafe(Math.max(FIRST_BYTES, 2 * buffer.length, end));
        buffer.copy(grown, 0, 0, filled);
        buffer = grown;
      }
      bytes.copy(buffer, filled);
      if (mask !== null) applyMask(buffer, filled, end, mask, at);
      filled = end;
    },
    whole: () => buffer.subarray(0, filled),
  };
}

/** XORs the bytes from `start` to `end` in place with the mask (RFC 6455 §5.3); `at` is the mask's phase at `start`. */
export function applyMask(bytes: Buffer, start: number, end: number, mask: number, at: number): void {
  for (let i = start, phase = at; i < end; i += 1, phase += 1) {
    bytes[i] = (bytes[i] ?? 0) ^ maskByte(mask, phase);
  }
}
