// Recognizes a wrong accept value by the mistake that makes it: those that people make when they write a handshake themselves.
import { sha1 } from '@noble/hashes/legacy.js';
import { acceptHash, acceptValue, GUID } from '../../../sandbox-server/gateway/handshake/accept.ts';
import { base64 } from '../../../sandbox-server/gateway/handshake/key.ts';

/** What was hashed, and what makes it wrong. */
const HASHED: readonly [mistake: string, text: (key: string, raw: string) => string][] = [
  ['the key without the GUID', (key) => key],
  ['the GUID before the key', (key) => GUID + key],
  ['the GUID in small letters', (key) => key + GUID.toLowerCase()],
  ['the key with the white space around it', (_, raw) => raw + GUID],
  ['the key with the space before it', (key) => ` ${key}${GUID}`],
  ['the key with the CR of its line', (key) => `${key}\r${GUID}`],
  ['the key without its ==', (key) => key.replace(/=+$/, '') + GUID],
  ['the text undefined, since the key was not found', () => `undefined${GUID}`],
  ['the text null, since the key was not found', () => `null${GUID}`],
  ['the GUID alone, since the key was not found', () => GUID],
];

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** One sentence, or `null` where nobody can tell. `raw` is the key with what stands around it in its line. */
export function mistakeOf(answered: string, key: string, raw: string): string | null {
  const right = acceptValue(key);
  const hash = acceptHash(key);
  if (answered === key) return 'It is the key itself.';
  if (answered.toLowerCase() === hex(hash)) return 'It is the hash in hex; the value is its base64.';
  if (answered === base64(bytesOf(hex(hash))))
    return 'It is the base64 of the hash in hex, 40 digits; the value is that of the 20 bytes.';
  if (answered === right.replace(/=$/, '')) return 'The = at its end is missing.';
  if (answered === right.replaceAll('+', '-').replaceAll('/', '_'))
    return 'It is base64 for addresses, with - and _ for + and /.';
  if (answered.toLowerCase() === right.toLowerCase())
    return 'It is right but for capital and small letters, and in base64 they count.';
  if (answered === base64(sha1(keyAsBytes(key))))
    return 'Hashed was the key decoded to its bytes; it is hashed as the text that it is.';
  const found = HASHED.find(([, text]) => answered === base64(sha1(bytesOf(text(key, raw)))));
  return found ? `Hashed was ${found[0]}.` : null;
}

function keyAsBytes(key: string): Uint8Array {
  try {
    return bytesOf(atob(key) + GUID);
  } catch {
    return bytesOf(GUID);
  }
}
