// All that shows a live run, fetched with the first one.
import type { Mark } from '../code-field/code-field.ts';
import type { Run } from '../lab-server/answers.ts';

export { outcomeSentence } from './outcome-sentence.ts';
export { runView } from './run-view.ts';

/** The error of a run as a mark in its script. */
export function runMarks({ error }: Run): Mark[] {
  if (error?.line == null) return [];
  return [
    {
      line: error.line,
      column: error.column ?? 1,
      message: `${error.name}: ${error.message}`,
      severity: 'error',
    },
  ];
}
