// A text above the limit is told by a look at its bytes: neither parser nor lexer sees it.
import type { Diagnostic } from '../types.ts';

const LINE_END = 0x0a;

/** The error at the place in which `text`, as UTF-8, passes `maxBytes`; `null` where it does not. `what` opens the sentence, e.g. "An API definition". */
export function tooLarge(text: string, maxBytes: number, what: string): Diagnostic | null {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return null;
  const fitting = bytes.subarray(0, maxBytes);
  let line = 1;
  let lineStart = 0;
  for (let end = fitting.indexOf(LINE_END); end >= 0; end = fitting.indexOf(LINE_END, lineStart)) {
    line += 1;
    lineStart = end + 1;
  }
  // A character that the limit goes through begins before it, and is the first that is too much.
  const column = new TextDecoder().decode(fitting.subarray(lineStart), { stream: true }).length + 1;
  const message = `${what} may have ${maxBytes} bytes at most, and this has ${bytes.length}; the limit is passed here. Take out schemas and examples that the gateway does not need, or split it.`;
  return { severity: 'error', rule: 'too-large', message, line, column, path: [] };
}
