// Where in the reader's script the code runs just now: line and column of the innermost frame that is the script's own.
const FRAME = /\(?gatewayscript\.js:(\d+):(\d+)\)?$/;

export function currentPlace() {
  return placeInStack(new Error().stack);
}

/** `stack` is the text of an error's stack; a script's own frames carry its file name. */
export function placeInStack(stack) {
  if (typeof stack === 'string') {
    const lines = stack.slice(0, 4000).split('\n');
    for (let i = 0; i < lines.length; i += 1) {
      const match = FRAME.exec(lines[i]);
      if (match) return { line: +match[1], column: +match[2] };
    }
  }
  return { line: null, column: null };
}
