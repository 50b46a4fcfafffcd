// The reader's server file, for `node` in the terminal: as the page's editor has it, or as it was left in the lesson that wrote it.
import type { CodeEditorElement } from '../code-editor/element.ts';
import { readStored } from '../stored.ts';

/** As edited-text.ts keeps the text of the lesson's editor, as long as it differs from what the lesson shows. */
const KEPT = 'lab.edit.v1.websocket-upgrade/02-server-file';

/** `null` where the page has no editor for it, and the reader has changed nothing: then the server knows the rest. */
export function readerFile(): string | null {
  const editor = document.querySelector<CodeEditorElement>('lab-server-editor lab-code-editor');
  return editor?.text ?? readStored(KEPT);
}

/** What is sent with a line: the file where its program is `node`, and nothing else. */
export function fileFor(line: string, file = readerFile): { file?: string } {
  const text = /^\s*node\s/.test(line) ? file() : null;
  return text === null ? {} : { file: text };
}
