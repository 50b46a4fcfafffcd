// The client's key: what it is, and a fresh one. Needs no Node, so that a page can use it.

/** 16 bytes in base64: 22 characters, of which the last holds two bits only, and the padding (RFC 6455 §4.1 item 7). */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** A fresh `Sec-WebSocket-Key`. */
export function freshKey(): string {
  return base64(crypto.getRandomValues(new Uint8Array(16)));
}

export function isKey(text: string): boolean {
  return KEY.test(text);
}

/** For bytes in the dozens, such as a key or a hash. */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
