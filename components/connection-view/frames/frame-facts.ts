// What a frame's payload is, as text and as hex; the event tells a text's text, and the hex of all else.
import type { FrameEvent } from './frame-hops.ts';

export interface Payload {
  text: string;
  /** Bytes as two digits each, a space between. */
  hex: string;
  /** `false` where the bytes were no UTF-8, so that the text, and the hex made from it, are not them. */
  exact: boolean;
}

const text = 1;
const close = 8;

export function payloadOf(frame: FrameEvent): Payload {
  if (frame.opcode === close) {
    const code = frame.closeCode === null ? [] : [frame.closeCode >> 8, frame.closeCode & 255];
    const bytes = Uint8Array.from([...code, ...new TextEncoder().encode(frame.payload)]);
    return { text: frame.payload, hex: hexOf(bytes), exact: isExact(frame.payload) };
  }
  if (frame.opcode === text)
    return {
      text: frame.payload,
      hex: hexOf(new TextEncoder().encode(frame.payload)),
      exact: isExact(frame.payload),
    };
  const bytes = Uint8Array.from(frame.payload.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  return { text: new TextDecoder().decode(bytes), hex: hexOf(bytes), exact: true };
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** U+FFFD stands where bytes were no UTF-8. */
function isExact(decoded: string): boolean {
  return !decoded.includes('\ufffd');
}

/** The reserved bits that are set, e.g. `RSV1`. */
export function rsvBits(rsv: number): string {
  const names = [4, 2, 1].flatMap((bit, i) => (rsv & bit ? [`RSV${i + 1}`] : []));
  return names.join(', ') || 'none';
}
