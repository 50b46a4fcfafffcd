// The random words that readers send to pass a live checkpoint: one for each sandbox and step, made anew for each pass.
import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../sandboxes/sandbox.ts';

export interface LiveKeys {
  of(sandbox: Sandbox, step: string): string;
  renew(sandbox: Sandbox, step: string): void;
}

/** A sandbox has as many as there are live checkpoints, and they go with it. */
export function createLiveKeys(): LiveKeys {
  const keys = new WeakMap<Sandbox, Map<string, string>>();
  const own = (sandbox: Sandbox) => {
    const known = keys.get(sandbox) ?? new Map<string, string>();
    keys.set(sandbox, known);
    return known;
  };
  return {
    of(sandbox, step) {
      const known = own(sandbox);
      const key = known.get(step) ?? randomWord();
      known.set(step, key);
      return key;
    },
    renew: (sandbox, step) => void own(sandbox).delete(step),
  };
}

/** Easy to type, and not to be guessed: 32 random bits behind a word. */
function randomWord(): string {
  return `hello-${randomBytes(4).toString('hex')}`;
}
