// Breaks a line between its words, for a screen of so many columns.

/** A word that is longer than the screen stays whole, and the screen breaks it. Spaces within a line stay as they are. */
export function wrapped(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of line.match(/\s*\S+/g) ?? []) {
    if (current !== '' && current.length + piece.length > columns) {
      lines.push(current);
      current = piece.trimStart();
    } else current += piece;
  }
  return [...lines, current];
}
