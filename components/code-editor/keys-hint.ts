// How the keys act in an editor: said below it and to screen readers.
import type { CodeFieldOptions } from '../code-field/code-field.ts';

/** The same for Monaco and for a text area, where Tab always leaves. */
export function keysHint(language: CodeFieldOptions['language']): string {
  const deed = language === 'js' ? 'runs' : 'deploys';
  return `Tab leaves the editor; once you have typed, Esc and then Tab. Ctrl-Enter or Cmd-Enter ${deed}.`;
}
