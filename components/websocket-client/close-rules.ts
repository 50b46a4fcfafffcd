// With which codes and reasons a page may close a WebSocket.

/**
 * `null` when `close(code, reason)` may be called, else which of them is wrong, and why.
 * Codes: 1000 and 3000 to 4999 (WHATWG WebSockets, `close`); the reason has at most 123 bytes, since a control frame has at most 125
 * and the code takes two (RFC 6455, section 5.5).
 */
export function closeProblem(
  code: string,
  reason: string,
): { field: 'code' | 'reason'; message: string } | null {
  const number = Number(code);
  const allowed = /^\d{4}$/.test(code.trim()) && (number === 1000 || (number >= 3000 && number <= 4999));
  if (!allowed)
    return {
      field: 'code',
      message:
        'A browser may close with 1000, or with 3000 to 4999. The other codes belong to the protocol itself.',
    };
  const bytes = new TextEncoder().encode(reason).length;
  if (bytes > 123)
    return { field: 'reason', message: `The reason has ${bytes} bytes; a close frame has room for 123.` };
  return null;
}
