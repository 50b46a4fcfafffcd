// The request as the reader has made it, kept over a reload beside the script's own edits.
import { parseTexts } from '../page-texts.ts';
import { readStored, writeStored } from '../stored.ts';
import type { RequestParts } from './parse-request.ts';

const key = (id: string) => `lab.edit.v1.${id}/request`;

/** `null` where the reader has changed nothing, or what is kept is damaged. */
export function readRequest(id: string): RequestParts | null {
  const text = readStored(key(id));
  if (text === null) return null;
  const { method, path, headerLines, body } = parseTexts(text);
  if (method === undefined || path === undefined || headerLines === undefined || body === undefined)
    return null;
  return { method, path, headerLines, body };
}

/** Keeps it, or forgets it (`null`). */
export function keepRequest(id: string, parts: RequestParts | null): void {
  writeStored(key(id), parts && JSON.stringify(parts));
}
