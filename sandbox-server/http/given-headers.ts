// Headers that a reader gives by name, for a run's request and for the answers to its own requests.
import { z } from '@hono/zod-openapi';
import type { Header } from '../gatewayscript/types.ts';
import { Problem } from './problem.ts';

/** A token of RFC 9110 §5.6.2: what methods and header names are made of. */
export const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Field values (RFC 9110 §5.5): visible characters, spaces and tabs; never a line break or another control character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
const forbiddenInValue = /[\u0000-\u0008\u000a-\u001f\u007f]/;

export const headersSchema = z
  .record(z.string(), z.union([z.string(), z.array(z.string()).max(100)], 'must be text or a list of texts'))
  .default({})
  .openapi({ description: 'Name to value, or to a list of values.' });

/** In the order given, a list as one header a value. Throws the 400 that names the header which cannot be sent. */
export function headerPairs(given: z.output<typeof headersSchema>): Header[] {
  return Object.entries(given).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => header(name, one)),
  );
}

/** One header, checked; throws the 400 that names it. */
function header(name: string, value: string): Header {
  const shown = JSON.stringify(name);
  if (!token.test(name)) {
    const hint = 'Letters, digits and hyphens make a name; a line break or a space cannot be in it.';
    throw new Problem(400, 'invalid-header', `The header name ${shown} is not one.`, hint);
  }
  if (forbiddenInValue.test(value)) {
    const what = /[\r\n]/.test(value) ? 'a line break' : 'a control character';
    const hint = 'A header is one line: take the line break out, or make two headers.';
    throw new Problem(400, 'invalid-header', `The value of the header ${shown} holds ${what}.`, hint);
  }
  return [name, value];
}
