// The accept value, which proves that a server has read the client's key. Needs no Node, so that a page can show how it comes about.
import { sha1 } from '@noble/hashes/legacy.js';
import { base64 } from './key.ts';

/** The GUID of RFC 6455 §1.3, the same for every handshake there is. */
export const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** `Sec-WebSocket-Accept` for a key: base64 of the SHA-1 of key and GUID (RFC 6455 §4.2.2 item 5.4). */
export function acceptValue(key: string): string {
  return base64(acceptHash(key));
}

/** The 20 bytes that the accept value is the base64 of. */
export function acceptHash(key: string): Uint8Array {
  return sha1(new TextEncoder().encode(key + GUID));
}
