// The arithmetic of a handshake: the client's key, and the accept value that proves a server has read it.
import { createHash, randomBytes } from 'node:crypto';

/** The GUID of RFC 6455 §1.3, the same for every handshake there is. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** 16 bytes in base64: 22 characters, of which the last holds two bits only, and the padding (RFC 6455 §4.1 item 7). */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** A fresh `Sec-WebSocket-Key`. */
export function freshKey(): string {
  return randomBytes(16).toString('base64');
}

export function isKey(text: string): boolean {
  return KEY.test(text);
}

/** `Sec-WebSocket-Accept` for a key: base64 of the SHA-1 of key and GUID (RFC 6455 §4.2.2 item 5.4). */
export function acceptValue(key: string): string {
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
}
