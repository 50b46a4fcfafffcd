// A head as bytes, and as the text that the reader edits: every byte has a sign, and every sign is one byte.

/** Characters of one head; more cannot be typed, and a longer one in an address is not taken. */
export const HEAD_MAX_CHARACTERS = 8_192;

/** The signs of the control characters that heads have. Unicode's own pictures of them are in few fonts. */
export const CR = '↵';
export const TAB = '→';

const SIGNS = /⟨([0-9A-F]{2})⟩|[^\0-\xff]/gu;

/** One character a byte (U+0000 to U+00FF) in, its text out: `↵` for CR, a line break for LF, `⟨80⟩` for what nobody could see. */
export function textOf(bytes: string): string {
  return [...bytes].map(signOf).join('');
}

function signOf(byte: string): string {
  if (byte === '\n') return byte;
  if (byte === '\r') return CR;
  if (byte === '\t') return TAB;
  const code = byte.charCodeAt(0);
  return isSeen(code) ? byte : `⟨${code.toString(16).toUpperCase().padStart(2, '0')}⟩`;
}

/** Not the other controls, the no-break space and the soft hyphen. */
function isSeen(code: number): boolean {
  return code >= 0x20 && (code < 0x7f || code > 0xa0) && code !== 0xad;
}

/** One character a byte. A character that is no byte is sent as its UTF-8. */
export function bytesOf(text: string): string {
  return text.replace(SIGNS, (sign, hex?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (sign === CR) return '\r';
    if (sign === TAB) return '\t';
    return String.fromCharCode(...new TextEncoder().encode(sign));
  });
}

/** What a key or the clipboard brings, with line breaks as HTTP has them; text that already shows its CRs stays as it is. */
export function withLineEnds(text: string): string {
  return text.includes(CR) ? text.replaceAll('\r\n', '\n') : text.replaceAll(/\r\n|\r|\n/g, `${CR}\n`);
}
