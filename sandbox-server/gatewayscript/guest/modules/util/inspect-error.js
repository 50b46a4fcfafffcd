// An error as `util.inspect` shows it: name, message and where in the script it was made, without the lab's own frames.
import { SCRIPT_FILE } from 'lab:script-file';

const { apply } = Reflect;
const describe = Error.prototype.toString;
const FRAME = new RegExp(`^\\s*at (.*?) ?\\(?${SCRIPT_FILE}:(\\d+):\\d+\\)?$`);

export function errorText(error) {
  const { stack } = error;
  if (typeof stack !== 'string' || stack === '') return `[${apply(describe, error, [])}]`;
  const lines = stack.split('\n').filter((line) => line !== '');
  // One that the script wrote itself is shown as it is.
  if (!lines.every((line) => /^\s*at /.test(line))) return stack;
  const frames = lines.map((line) => FRAME.exec(line)).filter((match) => match !== null);
  return [
    apply(describe, error, []),
    ...frames.map(([, name, line]) => `    at ${name} (${SCRIPT_FILE}:${line})`),
  ].join('\n');
}
