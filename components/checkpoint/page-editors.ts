// The page's editors, by the name of the file that each shows.
import type { CodeEditorElement } from '../code-editor/element.ts';
import { pageTexts } from '../page-texts.ts';

/** The first of that name; throws where the page has none, which is its author's mistake. */
export function editorOf(file: string): CodeEditorElement {
  for (const editor of document.querySelectorAll<CodeEditorElement>('lab-code-editor'))
    if (pageTexts(editor).file === file) return editor;
  throw new Error(`This page has no editor of ${file}.`);
}
