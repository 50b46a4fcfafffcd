// Bytes as text where they are no whole UTF-8: one U+FFFD for each longest beginning of a character, as Node has it (WHATWG Encoding, section 8.1.1).
const { fromCharCode, fromCodePoint } = String;

/** Length of a character by its first byte, and the bounds of the second byte; `undefined` for what cannot begin one. */
function shape(byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return [2, 0x80, 0xbf];
  if (byte >= 0xe0 && byte <= 0xef) return [3, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf];
  if (byte >= 0xf0 && byte <= 0xf4) return [4, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf];
  return undefined;
}

/** @returns the text; `whole` is false where a U+FFFD stands for bytes that are no UTF-8 */
export function decodeUtf8(bytes) {
  let text = '';
  let whole = true;
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++];
    if (first < 0x80) {
      text += fromCharCode(first);
      continue;
    }
    const found = shape(first);
    let point = found ? first & (0xff >> (found[0] + 1)) : 0;
    let missing = found ? found[0] - 1 : 1;
    for (let [, least, most] = found ?? [0, 1, 0]; missing > 0; missing -= 1, least = 0x80, most = 0xbf) {
      const byte = bytes[i];
      if (!(byte >= least && byte <= most)) break;
      point = (point << 6) | (byte & 0x3f);
      i += 1;
    }
    if (missing > 0) whole = false;
    text += missing > 0 ? '\ufffd' : fromCodePoint(point);
  }
  return { text, whole };
}
