// Heads broken at random: bytes changed, put in and taken out, fields doubled, dropped and swapped.
import fc from 'fast-check';

/** Bytes that matter to a parser, and any other. */
const byte = fc.oneof(
  fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ':',
    ',',
    ';',
    '=',
    '"',
    '\0',
    '\x01',
    '\x7f',
    '\x80',
    '\xa0',
    '0',
    'A',
    'z',
    '(',
    '%',
  ),
  fc.nat(255).map((code) => String.fromCharCode(code)),
);

type Change = (head: string) => string;

/** Evenly from 0 to 1; a double of fast-check would nearly always be next to 0. */
const place = fc.noBias(fc.integer({ min: 0, max: 9_999 })).map((part) => part / 10_000);

function changes(fields: readonly string[]): fc.Arbitrary<Change> {
  const at = (head: string, where: number) => Math.floor(where * head.length);
  const inLines = (change: (lines: string[], index: number) => void) =>
    place.map(
      (where): Change =>
        (head) => {
          const lines = head.split('\r\n');
          change(lines, Math.floor(where * lines.length));
          return lines.join('\r\n');
        },
    );
  return fc.oneof(
    fc.tuple(place, byte).map(
      ([where, put]): Change =>
        (head) => {
          const index = at(head, where);
          return head.slice(0, index) + put + head.slice(index + 1);
        },
    ),
    fc.tuple(place, byte).map(
      ([where, put]): Change =>
        (head) => {
          const index = at(head, where);
          return head.slice(0, index) + put + head.slice(index);
        },
    ),
    place.map(
      (where): Change =>
        (head) =>
          head.slice(0, at(head, where)) + head.slice(at(head, where) + 1),
    ),
    place.map(
      (where): Change =>
        (head) =>
          head.slice(0, at(head, where)),
    ),
    inLines((lines, index) => lines.splice(index, 1)),
    inLines((lines, index) => lines.splice(index, 0, lines[index] ?? '')),
    inLines((lines, index) => {
      lines[index] = (lines[index] ?? '').toLowerCase();
    }),
    fc.tuple(place, fc.constantFrom(...fields)).map(
      ([where, field]): Change =>
        (head) => {
          const lines = head.split('\r\n');
          lines.splice(1 + Math.floor(where * (lines.length - 2)), 0, field);
          return lines.join('\r\n');
        },
    ),
    fc.tuple(place, fc.constantFrom(...fields)).map(
      ([where, field]): Change =>
        (head) => {
          const lines = head.split('\r\n');
          lines[1 + Math.floor(where * (lines.length - 2))] = field;
          return lines.join('\r\n');
        },
    ),
  );
}

/** `head` after up to three changes; `fields` are lines that may come in. */
export function broken(head: string, fields: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(changes(fields), { minLength: 0, maxLength: 3 })
    .map((made) => made.reduce((text, change) => change(text), head));
}
