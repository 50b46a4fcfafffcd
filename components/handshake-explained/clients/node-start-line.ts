// The first line of a head, as Node's HTTP parser reads it.
import type { Step } from './node-head.ts';

interface StartLine {
  method: string;
  status: number;
  version: string;
}

/** `0.9` is also a request line without a version. */
const VERSIONS = new Set(['0.9', '1.0', '1.1', '2.0']);

/** The methods that the parser knows; a test holds them against `METHODS` of node:http. */
export const METHODS: readonly string[] =
  'ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE'.split(
    ' ',
  );

export function readStatusLine(bytes: string, from: number): Step<StartLine> {
  const version = readVersion(bytes, from, ['HTTP/', 'RTSP/', 'ICE/']);
  if (version === null || typeof version === 'string') return version;
  const code = readSigns(bytes, version.at, [
    [/ /, 'Expected space after version'],
    [/\d/, 'Invalid status code'],
    [/\d/, 'Invalid status code'],
    [/\d/, 'Invalid status code'],
    [/[ \r]/, 'Invalid response status'],
  ]);
  if (code === null || typeof code === 'string') return code;
  const reason = code.read.endsWith('\r') ? code.at - 1 : endOfText(bytes, code.at);
  const end = readSigns(bytes, reason, [
    [/\r/, 'Missing expected CR after response line'],
    [/\n/, 'Expected LF after CR'],
  ]);
  if (end === null || typeof end === 'string') return end;
  return { at: end.at, read: { method: '', status: Number(code.read.slice(1, 4)), version: version.read } };
}

/** What its faults are called matters to nobody: a server answers 400 to all of them. */
export function readRequestLine(bytes: string, from: number): Step<StartLine> {
  const method = /^[A-Z-]*/.exec(bytes.slice(from))?.[0] ?? '';
  const space = from + method.length;
  if (space >= bytes.length)
    return METHODS.some((known) => known.startsWith(method)) ? null : 'Invalid method encountered';
  if (!METHODS.includes(method) || bytes[space] !== ' ') return 'Invalid method encountered';
  const target = skipSpaces(bytes, space);
  const behind = target + (/^[!-~]*/.exec(bytes.slice(target))?.[0].length ?? 0);
  if (behind >= bytes.length && target < bytes.length) return null;
  const form =
    method === 'CONNECT' ? /^[!-~]/ : /^(?:[/*]|[A-Za-z]+:\/\/[\w\-.!~*'()%;:&=+$,@[\]]+(?:[/?]|$))/;
  if (!form.test(bytes.slice(target, behind))) return target < bytes.length ? 'Unexpected char in url' : null;
  // Without a version its line may end in LF alone.
  if (bytes[behind] === '\n') return { at: behind + 1, read: { method, status: 0, version: '0.9' } };
  const version =
    bytes[behind] === ' '
      ? readVersion(bytes, skipSpaces(bytes, behind), ['HTTP/'])
      : { at: behind, read: '0.9' };
  if (version === null || typeof version === 'string') return version;
  const end = readSigns(bytes, version.at, [
    [/\r/, 'Expected CRLF after version'],
    [/\n/, 'Expected CRLF after version'],
  ]);
  if (end === null || typeof end === 'string') return end;
  return { at: end.at, read: { method, status: 0, version: version.read } };
}

/** `names` are the protocols that may stand there. */
function readVersion(bytes: string, from: number, names: readonly string[]): Step<string> {
  const start = bytes.slice(from, from + 5);
  const name = names.find((known) => start.startsWith(known));
  if (name === undefined)
    return names.some((known) => known.startsWith(start))
      ? null
      : `Expected ${names.join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
  const read = readSigns(bytes, from + name.length, [
    [/\d/, 'Invalid major version'],
    [/\./, 'Expected dot'],
    [/\d/, 'Invalid minor version'],
  ]);
  if (read === null || typeof read === 'string' || VERSIONS.has(read.read)) return read;
  return 'Invalid HTTP version';
}

/** One sign after the other, each with the words for another in its place. */
export function readSigns(
  bytes: string,
  from: number,
  signs: readonly (readonly [sign: RegExp, otherwise: string])[],
): Step<string> {
  for (const [index, [sign, otherwise]] of signs.entries()) {
    const byte = bytes[from + index];
    if (byte === undefined) return null;
    if (!sign.test(byte)) return otherwise;
  }
  const at = from + signs.length;
  return { at, read: bytes.slice(from, at) };
}

function endOfText(bytes: string, from: number): number {
  const length = bytes.slice(from).search(/[\r\n]/);
  return length < 0 ? bytes.length : from + length;
}

function skipSpaces(bytes: string, from: number): number {
  return from + (/^ */.exec(bytes.slice(from))?.[0].length ?? 0);
}
