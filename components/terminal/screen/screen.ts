// What shows a terminal and takes what is typed: xterm.js, or on touch devices plain text with a field.
import type { Stream } from '../terminal-message.ts';

export interface Screen {
  print(stream: Stream, text: string): void;
  /** Shows the prompt: the next line that is typed is a command. */
  prompt(): void;
  /** Shows a line at the prompt as if it were typed; what follows is for the program. */
  begin(line: string): void;
  clear(): void;
  focus(): void;
  /** Whether screen readers get what is printed, where that is the reader's choice; `null` where it is always so. */
  reader: boolean | null;
  dispose(): void;
}

export interface ScreenEvents {
  /** A command was typed, and stands at the prompt already. */
  line(text: string): void;
  /** Text for the running program. */
  input(text: string): void;
  signal(signal: 'interrupt' | 'end-of-input'): void;
}
