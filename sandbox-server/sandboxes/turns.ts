// What changes in one sandbox, one change after the other: compiling takes a while, and what was asked for last has to stand in the end.
import { SandboxGone } from './errors.ts';

export interface Turns {
  /**
   * Makes a change with what was made for it, after all changes that were asked for earlier. Rejects as `making` does, as `change` throws,
   * and with `SandboxGone` where the sandbox has been closed meanwhile.
   */
  take<Made, Result>(making: Made | Promise<Made>, change: (made: Made) => Result): Promise<Result>;
  /** No change is made any more. */
  close(): void;
}

/** Turns wait for what is being made outside of them: there is its bound. */
export function createTurns(sandbox: string): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  return {
    take(making, change) {
      const made = Promise.resolve(making);
      // It may fail before its turn has come, and nobody would have heard it.
      made.catch(() => {});
      const changed = last.then(async () => {
        const given = await made;
        if (closed) throw new SandboxGone(sandbox);
        return change(given);
      });
      last = changed.catch(() => {});
      return changed;
    },
    close() {
      closed = true;
    },
  };
}
