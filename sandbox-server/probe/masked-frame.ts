// Frames as a client writes them: whole, and masked with a fresh key (RFC 6455 §5.2, §5.3).
import { randomBytes } from 'node:crypto';
import type { ProbeMessage } from './probe.ts';

export function messageFrame(message: ProbeMessage): Buffer {
  return 'text' in message
    ? maskedFrame(1, Buffer.from(message.text, 'utf8'))
    : maskedFrame(2, Buffer.from(message.hex, 'hex'));
}

export function pingFrame(): Buffer {
  return maskedFrame(9, Buffer.alloc(0));
}

/** Gives a ping's payload back (RFC 6455 §5.5.3). */
export function pongFrame(payload: Uint8Array): Buffer {
  return maskedFrame(10, payload);
}

/** `null` for a close frame without a body. */
export function closeFrame(code: number | null): Buffer {
  if (code === null) return maskedFrame(8, Buffer.alloc(0));
  const body = Buffer.alloc(2);
  body.writeUInt16BE(code);
  return maskedFrame(8, body);
}

function maskedFrame(opcode: number, payload: Uint8Array): Buffer {
  const mask = randomBytes(4);
  const masked = Buffer.from(payload.map((byte, i) => byte ^ (mask[i & 3] ?? 0)));
  return Buffer.concat([head(opcode, payload.length), mask, masked]);
}

/** FIN, opcode, mask bit, and the length in its shortest form. */
function head(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, 0x80 | length]);
  if (length < 65_536) {
    const bytes = Buffer.from([0x80 | opcode, 0xfe, 0, 0]);
    bytes.writeUInt16BE(length, 2);
    return bytes;
  }
  const bytes = Buffer.alloc(10);
  bytes.set([0x80 | opcode, 0xff]);
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
