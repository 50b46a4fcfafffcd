// The secret that opens a sandbox: given out once, kept only as its SHA-256.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as base64url, which is also a valid WebSocket subprotocol name (RFC 6455 §4.1: a token of RFC 9110). */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The SHA-256 of a token, 32 bytes. No salt: the token is random, so there is no dictionary to try. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Whether the token is the one behind the hash; takes the same time wherever they differ. */
export function tokenMatches(token: string, hash: Uint8Array): boolean {
  const given = hashToken(token);
  return given.length === hash.length && timingSafeEqual(given, hash);
}
