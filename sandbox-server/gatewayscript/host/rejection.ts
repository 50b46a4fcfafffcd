// What `context.reject` said: the last call counts, as it does not end the script; `session.accept` takes it back (IBM documentation).
import type { ScriptError } from '../types.ts';

export interface Rejection {
  set(error: ScriptError): void;
  clear(): void;
  readonly error: ScriptError | null;
}

export function createRejection(): Rejection {
  let last: ScriptError | null = null;
  return {
    set(error) {
      last = error;
    },
    clear() {
      last = null;
    },
    get error() {
      return last;
    },
  };
}
