// What an editor's field can do, whether Monaco or a plain text area stands behind it.

/** A place in the text that is marked; line and column count from 1. */
export interface Mark {
  line: number;
  column: number;
  message: string;
  severity: 'error' | 'warning' | 'info';
}

export interface CodeField {
  readonly text: string;
  /** Replaces the whole text; the field's own undo can take it back. Does not call `onInput`. */
  setText(text: string): void;
  focus(): void;
  /** Puts cursor and focus there; a line past the end is the last one. */
  goTo(line: number, column?: number): void;
  /** Replaces all marks. */
  mark(marks: readonly Mark[]): void;
  dispose(): void;
}

export interface CodeFieldOptions {
  /** `js` is GatewayScript, `server-js` a server's file for Node. */
  language: 'js' | 'server-js' | 'yaml';
  text: string;
  /** What a screen reader says on entering: the file, and how Tab and Esc act. */
  label: string;
  /** The reader changed the text. */
  onInput(text: string): void;
  /** Ctrl-Enter or Cmd-Enter. */
  onRun(): void;
}
