// Why a program is ended from outside.

/** With the exit code that a shell would show, and what the reader is told. */
export class Ended extends Error {
  readonly exit: number;
  constructor(exit: number, note: string) {
    super(note);
    this.name = 'Ended';
    this.exit = exit;
  }
}

/** What a shell shows after Ctrl-C: 128 and the number of SIGINT. */
export const INTERRUPTED = 130;

/** Whether it was Ctrl-C; else the time was over, or the page is gone. */
export function wasInterrupted({ reason }: AbortSignal): boolean {
  return reason instanceof Ended && reason.exit === INTERRUPTED;
}
