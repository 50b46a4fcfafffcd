// What `context.reject` said: the last call counts, as it does not end the script (IBM documentation).
import type { ScriptError } from '../types.ts';

export interface Rejection {
  set(error: ScriptError): void;
  readonly error: ScriptError | null;
}

export function createRejection(): Rejection {
  let last: ScriptError | null = null;
  return {
    set(error) {
      last = error;
    },
    get error() {
      return last;
    },
  };
}
