// What a script threw, as the reader is told it: with the place and the name that QuickJS does not tell.
import { calleeAt } from '../language/callee-at.ts';
import { thrownAt } from '../language/thrown-at.ts';
import type { ScriptError } from '../types.ts';

/** @param lines that the script has @param error as the guest describes it */
export function thrownError(script: string, lines: number, error: ScriptError): ScriptError {
  const place = isThrownValue(error) ? thrownAt(script) : null;
  return { ...named(script, within(lines, error)), ...place };
}

/** Of a promise that nobody handled. A value that is no Error has no place then: it need not have been thrown. */
export function rejectionError(script: string, lines: number, reason: ScriptError): ScriptError {
  const error = named(script, within(lines, reason));
  return { ...error, message: `unhandled promise rejection: ${error.message}` };
}

/** A script may write its error's stack itself: a line that it does not have is none. */
export function within(lines: number, error: ScriptError): ScriptError {
  return error.line !== null && error.line > lines ? { ...error, line: null, column: null } : error;
}

/** QuickJS does not say what it was that is no function. */
export function named(script: string, error: ScriptError): ScriptError {
  const { name, message, line, column } = error;
  if (name !== 'TypeError' || message !== 'not a function' || line === null || column === null) return error;
  const callee = calleeAt(script, { line, column });
  return callee === null ? error : { ...error, message: `${callee} is not a function` };
}

/** As the guest describes what is no Error. */
function isThrownValue({ line, message }: ScriptError): boolean {
  return line === null && message.startsWith('thrown: ');
}
