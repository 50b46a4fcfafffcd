// A head, byte by byte, held against HTTP/1.1: its start line, its fields, and where it is no head at all.
import { isFieldValue, isToken } from '../../../sandbox-server/gateway/handshake/headers.ts';

export type HeadKind = 'request' | 'response';

/** `line` counts from 1, as all lines here do. */
export interface HeadField {
  name: string;
  /** What stands between the colon and the line's end, white space and all. */
  value: string;
  line: number;
}

/** What breaks the grammar: what was found in which line, what was expected, and where that stands. */
export interface HeadFault {
  line: number;
  found: string;
  expected: string;
}

export interface Head {
  kind: HeadKind;
  /** The first line without its end. */
  start: string;
  fields: HeadField[];
  /** The empty line; `null` for a head that does not end. */
  endLine: number | null;
  /** What follows the empty line. */
  rest: string;
  faults: HeadFault[];
}

const REQUEST_LINE = /^[^ ]+ [!-~]+ HTTP\/\d\.\d$/;
const STATUS_LINE = /^HTTP\/1\.1 \d{3} [\t\x20-\x7e\x80-\xff]*$/;

/** Never throws. `bytes` has one character a byte. */
export function parseHead(bytes: string, kind: HeadKind): Head {
  const pieces = bytes.split('\n');
  const head: Head = { kind, start: '', fields: [], endLine: null, rest: '', faults: [] };
  for (const [index, piece] of pieces.entries()) {
    const line = index + 1;
    if (line === pieces.length) {
      if (piece !== '' || line === 1) fault(head, line, 'does not end', 'CR and LF (RFC 9112, section 2.1)');
      break;
    }
    const text = piece.endsWith('\r') ? piece.slice(0, -1) : piece;
    checkLine(head, line, text, text !== piece);
    if (line === 1) head.start = startLine(head, text);
    else if (text === '') {
      head.endLine = line;
      head.rest = pieces.slice(line).join('\n');
      break;
    } else field(head, line, text);
  }
  if (head.endLine === null)
    fault(head, pieces.length, 'is the last, and the head goes on', 'an empty line (RFC 9112, section 2.1)');
  if (kind === 'request' && head.rest !== '')
    fault(
      head,
      (head.endLine ?? 0) + 1,
      `is behind the head: ${head.rest.length} bytes before the answer`,
      'silence until the server has answered',
    );
  return head;
}

function fault(head: Head, line: number, found: string, expected: string): void {
  head.faults.push({ line, found: `Line ${line} ${found}`, expected });
}

/** What holds of every line. */
function checkLine(head: Head, line: number, text: string, crlf: boolean): void {
  if (!crlf) fault(head, line, 'ends in LF alone', 'CR and LF (RFC 9112, section 2.2)');
  if (text.includes('\r')) fault(head, line, 'holds a CR without LF', 'none (RFC 9112, section 2.2)');
}

function startLine(head: Head, text: string): string {
  const request = head.kind === 'request';
  if (!(request ? REQUEST_LINE : STATUS_LINE).test(text))
    fault(
      head,
      1,
      `is no ${request ? 'request' : 'status'} line`,
      request
        ? 'method, target and HTTP/1.1, one space between (RFC 9112, section 3)'
        : 'HTTP/1.1, three digits and a reason, one space between (RFC 9112, section 4)',
    );
  return text;
}

function field(head: Head, line: number, text: string): void {
  if (/^[ \t]/.test(text)) {
    fault(head, line, 'starts with white space', 'a name (RFC 9112, section 5.2)');
    const before = head.fields.at(-1);
    if (before) before.value += ` ${text.trim()}`;
    return;
  }
  const colon = text.indexOf(':');
  if (colon < 0) {
    fault(head, line, 'has no colon', 'name, colon, value (RFC 9112, section 5)');
    return;
  }
  const name = text.slice(0, colon);
  const value = text.slice(colon + 1);
  if (/[ \t]$/.test(name))
    fault(head, line, 'has white space before the colon', 'none (RFC 9112, section 5.1)');
  else if (!isToken(name))
    fault(head, line, 'has a name that is no token', 'letters, digits, hyphens (RFC 9110, section 5.1)');
  if (!isFieldValue(value) && !value.includes('\r'))
    fault(head, line, 'holds a control character', 'none but tab (RFC 9110, section 5.5)');
  head.fields.push({ name, value, line });
}
