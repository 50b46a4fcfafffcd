// What a terminal sends, key by key.

/** An escape sequence of a key (ECMA-48, as xterm sends them), or a character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape character that keys begin with.
const KEY = /\u001b(?:\[|O)[0-9;]*[A-Za-z~]|\u001b.?|[\s\S]/gu;

/** A pasted line end is one key, whichever form it has. */
export function keysOf(data: string): string[] {
  return data.replaceAll('\r\n', '\r').match(KEY) ?? [];
}
