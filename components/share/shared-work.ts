// What a link can carry: some of script, request, API definition and server file, as they stand in the editors.
import { z } from 'zod/mini';
import { LONGEST } from './bounds.ts';

const text = (longest: number) => z.string().check(z.maxLength(longest));

/** Strict, so that what the notice lists is all that a link holds. */
export const sharedWork = z
  .strictObject({
    script: z.optional(text(LONGEST.script)),
    request: z.optional(
      z.strictObject({
        method: text(LONGEST.request.method),
        path: text(LONGEST.request.path),
        headerLines: text(LONGEST.request.headerLines),
        body: text(LONGEST.request.body),
      }),
    ),
    definition: z.optional(text(LONGEST.definition)),
    server: z.optional(text(LONGEST.server)),
  })
  .check(z.refine((work) => Object.keys(work).length > 0));

export type SharedWork = z.infer<typeof sharedWork>;

const bytes = (part: string) => {
  const { length } = new TextEncoder().encode(part);
  return length < 1_000 ? `${length} bytes` : `${(length / 1_000).toFixed(1)} kB`;
};

/** The parts of a work in words, each with its size. */
export function partsOf({ script, request, definition, server }: SharedWork): string[] {
  return [
    ...(script === undefined ? [] : [`a script (${bytes(script)})`]),
    ...(request === undefined
      ? []
      : [
          `a request (${bytes(`${request.method} ${request.path}\n${request.headerLines}\n\n${request.body}`)})`,
        ]),
    ...(definition === undefined ? [] : [`an API definition (${bytes(definition)})`]),
    ...(server === undefined ? [] : [`a server (${bytes(server)})`]),
  ];
}

/** "a, b and c". */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
