// The mend of a definition as one text with the lines that go and the lines that come; made while the site is built.
import { diffLines } from 'diff';

export interface Diff {
  text: string;
  /** Line numbers in `text`, from 1. */
  deleted: number[];
  inserted: number[];
}

/** Whole lines, in reading order; where nothing differs both lists are empty. */
export function mendDiff(broken: string, mended: string): Diff {
  const lines: string[] = [];
  const deleted: number[] = [];
  const inserted: number[] = [];
  for (const { value, added, removed } of diffLines(broken, mended)) {
    for (const line of value.replace(/\n$/, '').split('\n')) {
      lines.push(line);
      if (added) inserted.push(lines.length);
      if (removed) deleted.push(lines.length);
    }
  }
  return { text: lines.join('\n'), deleted, inserted };
}
