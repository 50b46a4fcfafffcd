// The headers of the message: in order, names found without regard to case, and each with who put it there.
import { GuestError, quoted } from '../host/guest-error.ts';
import type { Header, MessageHeader } from '../types.ts';

/** RFC 9110 §5.6.2: a token. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110 §5.5: visible characters, spaces and tabs, bytes above 0x7f; no line break, no NUL. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** All values of that name joined by `, ` (RFC 9110 §5.2), or `undefined`. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  const values = headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value);
  return values.length > 0 ? values.join(', ') : undefined;
}

/** The headers as one plain object; a repeated name has its values joined, under the case it came with first. */
export function headersAsObject(headers: readonly Header[]): { [name: string]: string } {
  const names = new Map<string, string>();
  const object: { [name: string]: string } = {};
  for (const [name, value] of headers) {
    const known = names.get(name.toLowerCase());
    if (known !== undefined) object[known] += `, ${value}`;
    else if (name !== '__proto__') {
      names.set(name.toLowerCase(), name);
      object[name] = value;
    }
  }
  return object;
}

/** The list with every header of that name replaced by the values given, in the place of the first. */
export function withHeader(
  headers: readonly MessageHeader[],
  name: string,
  values: readonly string[],
): MessageHeader[] {
  const wanted = name.toLowerCase();
  const set = values.map((value): MessageHeader => ({ name, value, origin: 'policy' }));
  const at = headers.findIndex((header) => header.name.toLowerCase() === wanted);
  const others = headers.filter((header) => header.name.toLowerCase() !== wanted);
  const place = at < 0 ? others.length : at;
  return [...others.slice(0, place), ...set, ...others.slice(place)];
}

/** @throws GuestError (TypeError) that names the call and shows the name. */
export function checkHeaderName(name: unknown, call: string): string {
  if (typeof name === 'string' && TOKEN.test(name)) return name;
  throw new GuestError(
    'TypeError',
    `${call}: ${quoted(name)} is no header name; expected letters, digits and any of !#$%&'*+-.^_\`|~`,
  );
}

/** A header's value as the wire takes it: a string, number, boolean, or a list of them for a header that stands more than once. */
export function checkHeaderValues(name: string, value: unknown, call: string): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((each) => {
    if (typeof each !== 'string' && typeof each !== 'number' && typeof each !== 'boolean') {
      const kind = each === undefined ? 'undefined' : each === null ? 'null' : `an ${typeof each}`;
      throw new GuestError(
        'TypeError',
        `${call}: the value of header \`${name}\` is ${kind}; expected a string or a number`,
      );
    }
    const text = String(each);
    if (FIELD_VALUE.test(text)) return text;
    throw new GuestError(
      'TypeError',
      `${call}: the value ${quoted(text)} of header \`${name}\` holds a line break or another character that a header cannot carry; expected one line of Latin-1 text`,
    );
  });
}
