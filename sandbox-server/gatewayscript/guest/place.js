// Where in the reader's script the code runs just now: line and column of the innermost frame that is the script's own.
import { SCRIPT_FILE } from 'lab:script-file';

const FILE = `${SCRIPT_FILE}:`;
const FRAME = new RegExp(`^${FILE}(\\d+):(\\d+)\\)?$`);

export function currentPlace() {
  return placeInStack(new Error().stack);
}

const { apply } = Reflect;
const { defineProperty } = Object;
const { indexOf, slice } = String.prototype;

/** The error as if it had been made where that stack was taken: what a callback gets is told at the script's own call. */
export function placedAt(error, stack) {
  return defineProperty(error, 'stack', { value: stack });
}

/** `stack` is the text of an error's stack; a script's own frames carry its file name. */
export function placeInStack(stack) {
  if (typeof stack === 'string') {
    // Most stacks have the script's frame in their first lines: no need to take all of them apart.
    for (
      let at = apply(indexOf, stack, [FILE]);
      at >= 0 && at < 4000;
      at = apply(indexOf, stack, [FILE, at + 1])
    ) {
      const end = apply(indexOf, stack, ['\n', at]);
      const match = FRAME.exec(apply(slice, stack, [at, end < 0 ? undefined : end]));
      if (match) return { line: +match[1], column: +match[2] };
    }
  }
  return { line: null, column: null };
}
