// What the terminal's programs need of TLS besides the connection: the name to ask for, and what went wrong in OpenSSL's words.
import { isIP } from 'node:net';

/** A name for SNI; an address has none (RFC 6066 §3). */
export function serverName(hostname: string): string {
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? hostname : '';
}

/** `reason` is OpenSSL's; Node adds advice behind a semicolon. */
export function connectionError(error: unknown): { code: string; reason: string } {
  if (!(error instanceof Error)) return { code: '', reason: 'unknown error' };
  const code = 'code' in error ? String(error.code) : '';
  return { code, reason: error.message.split(';')[0] ?? '' };
}
