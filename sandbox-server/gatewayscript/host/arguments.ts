// Reads the arguments of a host call: the guest's own code makes them, so a wrong shape is the lab's fault and ends the run.
import type { Piece } from './hash.ts';

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`a host call expected a string, and got ${typeof value}`);
  return value;
}

export function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`a host call expected a list, and got ${typeof value}`);
  return value;
}

export function pieceOf(value: unknown): Piece {
  const [encoding, content] = list(value);
  return [encoding === 'utf8' ? 'utf8' : 'latin1', text(content)];
}

/** A line of the script, counted from 1; `null` for anything that is none of its lines. */
export function lineWithin(lines: number, line: unknown): number | null {
  return typeof line === 'number' && Number.isInteger(line) && line >= 1 && line <= lines ? line : null;
}
