// Writes a response's head as bytes, so that what a script composed is on the wire exactly as composed.
import type { ResponseHead } from './response-rules.ts';

/** `HTTP/1.1 101 Switching Protocols`, the headers in order and case, the empty line. Latin-1: one byte a character, as parsed. */
export function headBytes({ status, reason, headers }: ResponseHead): Buffer {
  const lines = [`HTTP/1.1 ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
