// The bound of every body that the HTTP interface reads: counted while it comes, and refused as soon as it is passed.
import { bodyLimit } from 'hono/body-limit';
import { Problem } from './problem.ts';

/** A 413 for a body above `maxBytes`; `what` opens its sentence, e.g. "An API definition". */
export function bodyWithin(maxBytes: number, code: string, what: string) {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      const hint = 'Make it smaller; the operator sets the limit.';
      throw new Problem(413, code, `${what} may have ${maxBytes} bytes at most.`, hint);
    },
  });
}
