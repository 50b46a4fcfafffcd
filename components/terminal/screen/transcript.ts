// What a terminal holds, as the text that paper gets: also what was scrolled out of sight.
import type { IBuffer } from '@xterm/xterm';

/** Lines of a printed terminal; a page of paper has about 60. */
export const PRINTED_LINES = 300;

/** The last lines, with those that the screen has broken in one piece again; where older ones are left out, its first line says so. */
export function transcript(buffer: Pick<IBuffer, 'length' | 'getLine'>, most = PRINTED_LINES): string {
  const lines: string[] = [];
  for (let row = 0; row < buffer.length; row += 1) {
    const line = buffer.getLine(row);
    if (!line) continue;
    // A row that goes on in the next one keeps its spaces.
    const text = line.translateToString(!buffer.getLine(row + 1)?.isWrapped);
    if (line.isWrapped && lines.length > 0) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  while (lines.at(-1) === '') lines.pop();
  const left = lines.length - most;
  if (left <= 0) return lines.join('\n');
  return [`(${left} older ${left === 1 ? 'line is' : 'lines are'} not printed)`, ...lines.slice(left)].join(
    '\n',
  );
}
