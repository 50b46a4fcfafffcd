// Text in quotes as `util.inspect` shows it, after Node.js 8.9.4 (LICENSE.node.txt).
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
const IN_VALUE = /[\x00-\x1f'\\]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
const IN_KEY = /[\x00-\x1f']/g;
const SHORT = { "'": "\\'", '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };

const escaped = (character) =>
  SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

export function quoted(text) {
  return `'${text.replace(IN_VALUE, escaped)}'`;
}

/** The name of a member; a backslash stays as it is. */
export function quotedKey(text) {
  return `'${text.replace(IN_KEY, escaped)}'`;
}
