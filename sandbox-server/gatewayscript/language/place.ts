// Places in a script: line and column, as people count them from 1, and the offset in its text, from 0.

export interface Place {
  line: number;
  column: number;
}

export function offsetOf(script: string, { line, column }: Place): number {
  const before = script.split('\n').slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}

export function placeOf(script: string, offset: number): Place {
  const before = script.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
