// What an opened file has brought, in a sentence.
import type { Progress } from './progress-document.ts';

/** `known`: the ids of the site's steps. What no page has is kept, too: its page may come back. */
export function importSentence(before: Progress, file: Progress, known: ReadonlySet<string>): string {
  const steps = [...file.passed.keys()];
  const here = steps.filter((step) => known.has(step));
  const strange = steps.filter((step) => !known.has(step));
  const fresh = here.filter((step) => !before.passed.has(step));
  const sentences = [
    here.length === 0
      ? 'The file has no passed step of these pages.'
      : `Of ${counted(here.length)} in the file, ${fresh.length} ${fresh.length === 1 ? 'is' : 'are'} new here.`,
  ];
  if (strange.length > 0)
    sentences.push(`No page here has ${named(strange)}: kept all the same, in case the page comes back.`);
  return sentences.join(' ');
}

function counted(count: number): string {
  return count === 1 ? '1 passed step' : `${count} passed steps`;
}

/** The first three by name. */
function named(steps: readonly string[]): string {
  const shown = steps.slice(0, 3).join(', ');
  return steps.length > 3 ? `${shown} and ${steps.length - 3} more` : shown;
}
