// A fresh Sec-WebSocket-Key, as every handshake has one.

/** 16 random bytes in base64 (RFC 6455, section 4.1). */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes));
}
