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
  /** In the order of the rejections. */
  const unhandled = new Set<ScriptError>();
  /** By the place of its promise in memory, which belongs to another promise once that one was freed. */
  const byPromise = new Map<RawValue, ScriptError>();
  return {
    rejected(promise, reason) {
      byPromise.delete(promise);
      if (unhandled.size >= MAX) return;
      const error = describe(reason) ?? { ...UNSHOWN };
      unhandled.add(error);
      byPromise.set(promise, error);
    },
    handled(promise) {
      const error = byPromise.get(promise);
      if (error) unhandled.delete(error);
      byPromise.delete(promise);
    },
    first() {
      const [error] = unhandled;
      return error ?? null;
    },
    count: () => unhandled.size,
    forget() {
      unhandled.clear();
      byPromise.clear();
    },
  };
}
