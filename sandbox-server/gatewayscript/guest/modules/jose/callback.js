// How `jose` and `jwt` answer: they work at once, so that errors and the trace have the script's line, and call back after its turn.
import { kindOf } from '../crypto/pieces.js';

const { defineProperty } = Object;

/** What goes wrong in `work` reaches the callback as its error, with `errorMessage` as published scripts read it. */
export function answerLater(later, call, callback, work) {
  if (typeof callback !== 'function')
    throw new TypeError(`${call}: the callback is ${kindOf(callback)}; expected a function`);
  let answer;
  try {
    answer = [null, work()];
  } catch (error) {
    if (error instanceof Error) defineProperty(error, 'errorMessage', { value: error.message });
    answer = [error];
  }
  later(callback, ...answer);
}
