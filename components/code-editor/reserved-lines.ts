// How tall an editor is from the first paint on, so that nothing on the page moves when it comes to life or its text changes.

const most = 30;

/** Lines that an editor shows without scrolling: enough for the start and for the solution, within bounds (lab's choice). */
export function reservedLines(source: string, solution?: string, least = 4): number {
  const longest = Math.max(...[source, solution ?? ''].map((text) => text.trimEnd().split('\n').length));
  return Math.min(most, Math.max(least, longest)) + 1;
}
