// What a program printed, for a place that is no terminal.

/** Without what only a terminal could show: escape sequences (ECMA-48 §5.4) and control characters other than tab and line feed. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out.
  return text.replace(/\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
