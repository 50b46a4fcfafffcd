// What Node.js prints of an error that nobody caught: the place, the line with a mark below it, and the error.
import type { ScriptError } from '../gatewayscript/types.ts';

/** Without the stack: its places would be the engine's own. */
export function uncaught(file: string, script: string, { name, message, line, column }: ScriptError): string {
  const told = `Uncaught ${name}: ${message}\n`;
  if (line === null) return told;
  const text = script.split('\n')[line - 1] ?? '';
  const mark = column === null ? '' : `${' '.repeat(column - 1)}^\n`;
  return `${file}:${line}\n${text}\n${mark}\n${name}: ${message}\n`;
}
