// What the script wrote to its console, counted on this side of the border, up to its bounds.
import type { ConsoleEntry, ConsoleLevel } from '../types.ts';

export interface ConsoleLog {
  write(level: ConsoleLevel, text: string, line: number | null): void;
  readonly entries: ConsoleEntry[];
  readonly truncated: boolean;
}

/** Keeps entries until either bound is reached; the entry that crosses the one of characters is cut there. */
export function createConsoleLog(maxChars: number, maxEntries: number): ConsoleLog {
  const entries: ConsoleEntry[] = [];
  let left = maxChars;
  let truncated = false;
  return {
    entries,
    get truncated() {
      return truncated;
    },
    write(level, text, line) {
      if (entries.length >= maxEntries || left <= 0) {
        truncated = true;
        return;
      }
      if (text.length > left) truncated = true;
      entries.push({ level, text: text.slice(0, left), line });
      left -= text.length;
    },
  };
}
