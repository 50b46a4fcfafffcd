// The request that the reader edits: from the text of an HTTP request to its parts, and from header lines to headers.

export interface RequestParts {
  method: string;
  path: string;
  /** One header a line, as the reader types them. */
  headerLines: string;
  body: string;
}

/** The parts of an HTTP/1.1 request (RFC 9112, section 2.1); line ends may be LF alone. What is missing is a plain `GET /`. */
export function parseRequest(text: string): RequestParts {
  const [head = '', ...rest] = text.replaceAll('\r\n', '\n').split('\n\n');
  const [requestLine = '', ...headerLines] = head.trim().split('\n');
  const [method, path] = requestLine.split(/\s+/);
  return {
    method: method || 'GET',
    path: path || '/',
    headerLines: headerLines.join('\n'),
    body: rest.join('\n\n').replace(/\n$/, ''),
  };
}

export type HeaderMap = Record<string, string | string[]>;

/** A header line that is none; `line` counts from 1 within the header lines. */
export interface HeaderMistake {
  line: number;
  message: string;
}

/** Header lines as the server takes them: a name that stands more than once has a list of values. Empty lines are skipped. */
export function parseHeaderLines(text: string): { headers: HeaderMap; mistakes: HeaderMistake[] } {
  const values = new Map<string, string[]>();
  const mistakes: HeaderMistake[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) {
      mistakes.push({
        line: index + 1,
        message: `Header line ${index + 1} has no name and colon: ${line.trim()}`,
      });
      continue;
    }
    const name = line.slice(0, colon).trim();
    values.set(name, [...(values.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const entries = [...values].map(([name, list]): [string, string | string[]] => [
    name,
    list.length === 1 ? (list[0] ?? '') : list,
  ]);
  return { headers: Object.fromEntries(entries), mistakes };
}

/** The header lines with this key as `Sec-WebSocket-Key`, in its place where there is one, else at the end. */
export function withKey(headerLines: string, key: string): string {
  const line = `Sec-WebSocket-Key: ${key}`;
  const found = /^sec-websocket-key[ \t]*:.*$/im;
  if (found.test(headerLines)) return headerLines.replace(found, () => line);
  return headerLines.trim() === '' ? line : `${headerLines.trimEnd()}\n${line}`;
}
