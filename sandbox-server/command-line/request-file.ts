// The client's request from a file: an HTTP/1.1 request as text (RFC 9112 §2.1), as the lessons' `handshake.http` has it.
import { isFieldValue, isToken } from '../gateway/handshake/headers.ts';
import type { Header, HttpRequest } from '../gatewayscript/types.ts';
import { UsageError } from './usage.ts';

/** Origin form: a slash, then anything but spaces and control characters. */
const ORIGIN_FORM = /^\/[!-~\x80-\xff]*$/;
const COMMENT = /^(#|\/\/)/;

/**
 * Lines may end in LF alone. Before the request line, empty lines and comments (`#` or `//`, as editors know them) are skipped.
 * A target in absolute form gives the path, and `Host` where no header does. The body is bytes to the file's end, or as many as
 * `Content-Length` says; without one, a line end that closes the file is the editor's and no part of the body (lab's choice).
 * @param fileName for messages
 * @throws UsageError with file and line
 */
export function parseRequestFile(bytes: Uint8Array, fileName: string): HttpRequest {
  // One character a byte, so that places in the text are places in the file.
  const text = Buffer.from(bytes).toString('latin1');
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const fail = (index: number, sentence: string): never => {
    throw new UsageError(`${fileName}:${index + 1}: ${sentence}`);
  };

  const start = lines.findIndex((line) => line.trim() !== '' && !COMMENT.test(line));
  const requestLine = lines[start];
  if (requestLine === undefined)
    return fail(0, 'there is no request; its first line is like "GET /path HTTP/1.1".');
  const { method, path, host } = parseRequestLine(requestLine, (sentence) => fail(start, sentence));

  const headers: Header[] = [];
  let at = start + 1;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') break;
    headers.push(parseHeader(line, (sentence) => fail(at, sentence)));
  }
  if (host !== null && !headers.some(([name]) => name.toLowerCase() === 'host'))
    headers.unshift(['Host', host]);
  return { method, path, headers, body: bodyFrom(bytes, offsetAfterLine(text, at), headers) };
}

function parseRequestLine(line: string, fail: (sentence: string) => never) {
  const [method = '', target = '', version, ...rest] = line.trim().split(/[ \t]+/);
  if (rest.length > 0 || (version !== undefined && !/^HTTP\/1\.[01]$/.test(version)))
    fail(`a request line is method, path and HTTP/1.1; this is "${line.trim()}".`);
  if (!isToken(method)) fail(`${JSON.stringify(method)} is no HTTP method.`);
  const absolute = /^(?:https?|wss?):\/\/([^/?#]+)(.*)$/i.exec(target);
  const [, host = null, rest0 = ''] = absolute ?? [];
  const path = absolute ? (rest0.startsWith('/') ? rest0 : `/${rest0}`) : target;
  if (!ORIGIN_FORM.test(path)) fail(`the path must start with /; this is ${JSON.stringify(target)}.`);
  return { method, path, host };
}

function parseHeader(line: string, fail: (sentence: string) => never): Header {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  const value = line.slice(colon + 1).trim();
  if (colon < 1) fail(`a header is "Name: value"; this is ${JSON.stringify(line)}.`);
  if (!isToken(name)) fail(`the header name ${JSON.stringify(name)} holds characters that a name cannot.`);
  if (!isFieldValue(value)) fail(`the value of the header ${name} holds a control character.`);
  return [name, value];
}

/** The place in the text where the line after that of this index starts. */
function offsetAfterLine(text: string, index: number): number {
  let offset = 0;
  for (let line = 0; line <= index; line += 1) {
    const end = text.indexOf('\n', offset);
    if (end < 0) return text.length;
    offset = end + 1;
  }
  return offset;
}

function bodyFrom(bytes: Uint8Array, offset: number, headers: readonly Header[]): Uint8Array {
  const rest = bytes.subarray(offset);
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  if (length !== undefined && /^\d+$/.test(length)) return rest.subarray(0, Number(length));
  const end = rest.at(-1) !== 0x0a ? 0 : rest.at(-2) === 0x0d ? 2 : 1;
  return rest.subarray(0, rest.length - end);
}
