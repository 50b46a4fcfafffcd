// Reads header lists as they came: order, case and repeated names are kept, names compare without case.
import type { Header } from '../../gatewayscript/types.ts';

/** A `token` of RFC 9110 §5.6.2: a header's name, a method, a subprotocol. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What a field value may hold on the wire (RFC 9110 §5.5): no control characters but tab, and one byte a character. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** `uri-host [":" port]` (RFC 9110 §7.2), an address in brackets or a name; nothing of a user, path or list of hosts. */
const HOST = /^(?:\[[0-9a-f:.]+\]|(?:[\w.~!$&'()*+;=-]|%[0-9a-f]{2})+)(?::\d*)?$/i;

export function isHost(text: string): boolean {
  return HOST.test(text);
}

export function isFieldValue(text: string): boolean {
  return FIELD_VALUE.test(text);
}

/**
 * Without the white space around it as HTTP knows it (RFC 9110 §5.6.3): any other, such as a no-break space, is part of a value.
 * By hand, since a pattern for the end takes the square of the time where white space stands in the middle.
 */
export function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text[from])) from += 1;
  while (to > from && isSpace(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/** All values of a header in their order, without the white space around them. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([found]) => found.toLowerCase() === wanted).map(([, value]) => trimmed(value));
}

/** The first value of a header, if there is one. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headerValues(headers, name)[0];
}

/** The members of a comma-separated header, over all its lines (RFC 9110 §5.6.1); empty members do not count. */
export function headerTokens(headers: readonly Header[], name: string): string[] {
  return headerValues(headers, name)
    .flatMap((value) => value.split(','))
    .map(trimmed)
    .filter((token) => token !== '');
}

/** Whether a comma-separated header holds this token, in any case: `Connection: keep-alive, Upgrade` holds `upgrade`. */
export function hasToken(headers: readonly Header[], name: string, token: string): boolean {
  return headerTokens(headers, name).some((found) => found.toLowerCase() === token.toLowerCase());
}

/** Node's flat `rawHeaders` as pairs. */
export function headerPairs(rawHeaders: readonly string[]): Header[] {
  const pairs: Header[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    pairs.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  return pairs;
}
