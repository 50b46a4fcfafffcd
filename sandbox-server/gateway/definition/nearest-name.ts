// Which of the known names a reader may have meant: the one that few keystrokes make of what is written.

/** Letters to put in, take out or change: what a slip of the hand comes to. */
const MAX_EDITS = 2;

/** The nearest of `known`, cases and separators apart; `null` where none is near: two keystrokes, and less than half of the name. */
export function nearestName(written: string, known: readonly string[]): string | null {
  const own = plain(written);
  let best: { name: string; edits: number } | null = null;
  for (const name of known) {
    const other = plain(name);
    const most = Math.min(best ? best.edits - 1 : MAX_EDITS, Math.ceil(other.length / 2) - 1);
    if (Math.abs(own.length - other.length) > most) continue;
    const edits = editsBetween(own, other);
    if (edits <= most) best = { name, edits };
  }
  return best?.name ?? null;
}

/** `targetUrl`, `target_url` and `target-url` are one name to a hand. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Levenshtein's distance, row by row; the lengths differ by `MAX_EDITS` at most, so that a row is as short as a name of the product. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const changed = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
