// The promises of one run that were rejected and have no handler, each with what it was rejected with, up to a bound.
import type { ScriptError } from '../types.ts';
import type { RawValue, RejectionListener } from './rejection-tracker.ts';

/** Rejections that are kept at once; a script that makes more has its first ones told. */
const MAX = 100;
const UNSHOWN: ScriptError = {
  name: 'Error',
  message: 'a value that cannot be shown',
  line: null,
  column: null,
};

export interface UnhandledRejections extends RejectionListener {
  /** The oldest one that is still unhandled. */
  first(): ScriptError | null;
  count(): number;
  forget(): void;
}

/** `describe` reads the reason at once, as it may be gone later; `null` where it cannot. */
export function createUnhandledRejections(
  describe: (reason: RawValue) => ScriptError | null,
): UnhandledRejections {
  const open = new Map<RawValue, ScriptError>();
  /** Promises that were freed unhandled: their place in memory belongs to another promise by now. */
  const gone: ScriptError[] = [];
  return {
    rejected(promise, reason) {
      if (open.size + gone.length >= MAX) return;
      const before = open.get(promise);
      if (before) gone.push(before);
      open.set(promise, describe(reason) ?? UNSHOWN);
    },
    handled(promise) {
      open.delete(promise);
    },
    first() {
      const [error] = [...gone, ...open.values()];
      return error ?? null;
    },
    count: () => open.size + gone.length,
    forget() {
      open.clear();
      gone.length = 0;
    },
  };
}
