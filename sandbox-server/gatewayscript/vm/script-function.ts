// The function that a script is the body of, as QuickJS compiles it; lines are the reader's, columns become so here.

/** The file name in stack traces by which the guest knows the script's own frames. */
export const SCRIPT_FILE = 'gatewayscript.js';
/** On the script's first line, so that lines are the reader's; its length is taken off columns there. */
const OPENING = '(function (require, module, exports) {"use strict";';

/** Code and file name for QuickJS. */
export function asFunction(script: string): [code: string, file: string] {
  return [`${OPENING}${script}\n})`, SCRIPT_FILE];
}

/** The column in the reader's script, from 1, of one that the engine tells. */
export function columnInScript(line: number | null, column: number | null): number | null {
  return line === 1 && column !== null ? Math.max(1, column - OPENING.length) : column;
}
