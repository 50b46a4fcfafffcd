// Writes frames: whole ones only, since a message leaves the gateway as one frame.
import { randomBytes } from 'node:crypto';
import { applyMask } from './growing-bytes.ts';

export const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The bytes of a frame with FIN, in the shortest form. Towards a target they are masked with a fresh key (RFC 6455 §5.3). */
export function writeFrame(opcode: number, payload: Uint8Array, masked: boolean): Buffer {
  const { length } = payload;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const start = 2 + extended + (masked ? 4 : 0);
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = 0x80 | opcode;
  frame[1] = (masked ? 0x80 : 0) | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) frame.writeUInt16BE(length, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(payload, start);
  if (masked) {
    const mask = randomBytes(4);
    mask.copy(frame, start - 4);
    applyMask(frame, start, frame.length, mask.readInt32BE(0), 0);
  }
  return frame;
}

/** Bytes that a Close frame's reason may have beside its code (RFC 6455 §5.5). */
const LONGEST_REASON = 123;

/** The payload of a Close frame; a reason that is too long is cut between characters. */
export function closePayload(code: number, reason: string): Buffer {
  let text = Buffer.from(reason, 'utf8');
  if (text.length > LONGEST_REASON) {
    const cut = new TextDecoder().decode(text.subarray(0, LONGEST_REASON), { stream: true });
    text = Buffer.from(cut, 'utf8');
  }
  const payload = Buffer.alloc(2 + text.length);
  payload.writeUInt16BE(code, 0);
  text.copy(payload, 2);
  return payload;
}
