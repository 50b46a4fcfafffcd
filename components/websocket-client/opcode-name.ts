// The names of the frame types (RFC 6455, section 11.8).

const names: Record<number, string> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

/** `text (1)`; the handshake, which is no frame, has no opcode. */
export function opcodeName(opcode: number | null): string {
  if (opcode === null) return 'handshake';
  return `${names[opcode] ?? 'reserved'} (${opcode})`;
}
