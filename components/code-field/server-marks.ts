// The marks of a definition: the schema's while it is written, the server's once it has looked. No fault is told twice.
import { editor } from './monaco.ts';

/** The owner of the marks that monaco-yaml sets. */
const SCHEMA = 'yaml';
const SERVER = 'lab';

/**
 * From `set` to the next edit only the server's marks show: it has seen that very text. After an edit the schema's come back, but for lines that the
 * server has marked.
 */
export function serverMarks(model: editor.ITextModel): {
  set(marks: editor.IMarkerData[]): void;
  dispose(): void;
} {
  let current = false;
  // They move with the text, which Monaco's own list of markers does not tell.
  let tracked: string[] = [];

  const hide = () => {
    const lines = new Set(tracked.map((id) => model.getDecorationRange(id)?.startLineNumber));
    const told = editor.getModelMarkers({ owner: SCHEMA, resource: model.uri });
    const kept = current ? [] : told.filter(({ startLineNumber }) => !lines.has(startLineNumber));
    if (kept.length < told.length) editor.setModelMarkers(model, SCHEMA, kept);
  };
  const listeners = [
    model.onDidChangeContent(() => {
      current = false;
    }),
    editor.onDidChangeMarkers((changed) => {
      if (changed.some((uri) => uri.toString() === model.uri.toString())) hide();
    }),
  ];
  return {
    set(marks) {
      current = true;
      tracked = model.deltaDecorations(
        tracked,
        marks.map((range) => ({ range, options: {} })),
      );
      editor.setModelMarkers(model, SERVER, marks);
      hide();
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}
