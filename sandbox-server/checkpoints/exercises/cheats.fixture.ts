// Files that look right and are not: a solution of the page with one thing changed, and what the checkpoint says of it.
import { expect, test } from 'vitest';
import type { Lab } from '../../lab.ts';
import { verdictOn } from '../examined.fixture.ts';
import { checkpointFolders, textsOf } from '../lesson-files.ts';

export interface Cheat {
  step: string;
  /** E.g. "a picker of the first name". */
  what: string;
  /** What stands in the solution, and what stands there instead; the first text is sure to be there. */
  swaps: readonly (readonly [string | RegExp, string])[];
  /** The title of the try that fails. */
  fails: string | RegExp;
  received: string | RegExp;
}

const folders = new Map(checkpointFolders().map((folder) => [folder.step, folder]));

/** A test for each: it fails there and nowhere before, with what came and a hint. */
export function expectCaught(lab: Lab, cheats: readonly Cheat[]): void {
  for (const { step, what, swaps, fails, received } of cheats) {
    test(`${step}: ${what} fails, and is told why`, async () => {
      const folder = folders.get(step);
      if (!folder) throw new Error(`there is no exercise ${step}`);
      const verdict = await verdictOn(lab, step, swapped(textsOf(folder, folder.solution), swaps));
      const last = verdict.tries.at(-1);
      expect(verdict.passed, JSON.stringify(verdict.diagnostics)).toBe(false);
      expect(last?.title).toMatch(fails);
      expect(last?.received).toMatch(received);
      expect(verdict.hint).toMatch(/\.$/);
    });
  }
}

function swapped(texts: ReadonlyMap<string, string>, swaps: Cheat['swaps']): Map<string, string> {
  const left = new Set(swaps);
  const changed = [...texts].map(([file, text]): [string, string] => {
    let now = text;
    for (const swap of swaps) {
      const [from, to] = swap;
      const next = now.replace(from, () => to);
      if (next !== now) left.delete(swap);
      now = next;
    }
    return [file, now];
  });
  if (left.size > 0)
    throw new Error(`the solution does not have ${[...left].map(([from]) => from).join(', ')}`);
  return new Map(changed);
}
