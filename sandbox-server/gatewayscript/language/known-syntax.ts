// Remembers what the parser found in the last scripts: the same script runs at each handshake, and at each press of Run.
import type { ScriptError } from '../types.ts';
import { findSyntaxError } from './parse-script.ts';

/** Scripts that a worker remembers, the last used ones. */
const MAX_SCRIPTS = 8;
/** Characters of all of them together. */
const MAX_CHARS = 131_072;

/** The same as `findSyntaxError`, and as good as free for a script that was seen just before. */
export function createSyntaxCheck(): typeof findSyntaxError {
  const known = new Map<string, ScriptError | null>();
  let chars = 0;

  function forgetOldest(): void {
    const [oldest] = known.keys();
    if (oldest === undefined) return;
    known.delete(oldest);
    chars -= oldest.length;
  }

  return (script, maxBytes) => {
    const remembered = known.get(script);
    // Taken out and put in again, it is the one that was used last.
    if (remembered !== undefined && known.delete(script)) chars -= script.length;
    const error = remembered === undefined ? findSyntaxError(script, maxBytes) : remembered;
    known.set(script, error);
    chars += script.length;
    while (known.size > MAX_SCRIPTS || (chars > MAX_CHARS && known.size > 1)) forgetOldest();
    return error && { ...error };
  };
}
