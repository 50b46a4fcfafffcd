// The body of an answer that is no 101, as far as it is shown: often the reader's own words stand there.
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { headerValue } from '../../gateway/handshake/headers.ts';
import type { ResponseHead } from '../../gateway/handshake/response-rules.ts';

/** Bytes that are shown; more are cut. */
const SHOWN_BYTES = 1_024;
/** Milliseconds that the rest of an answer may take once its head is there. */
const BODY_MS = 1_000;

/** `rest` is what came with the head. A 1xx, a 204 and a 304 have none (RFC 9112, section 6.3). Never rejects: what came until then counts. */
export async function readAnswerBody(connection: Duplex, head: ResponseHead, rest: Buffer): Promise<string> {
  if (head.status < 200 || head.status === 204 || head.status === 304) return '';
  const length = headerValue(head.headers, 'Content-Length');
  return readText(connection, rest, length === undefined ? Number.POSITIVE_INFINITY : Number(length));
}

/** The text of a body that has so many bytes, or ends with its stream. */
export async function readText(
  stream: Readable,
  first: Buffer = Buffer.alloc(0),
  length = Number.POSITIVE_INFINITY,
): Promise<string> {
  let bytes = first;
  const wanted = Math.min(length, SHOWN_BYTES + 1);
  const late = new AbortController();
  const read = async () => {
    if (bytes.length >= wanted) return;
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= wanted) return;
    }
  };
  await Promise.race([
    read().catch(() => {}),
    pause(BODY_MS, undefined, { signal: late.signal }).catch(() => {}),
  ]);
  late.abort();
  const shown = bytes.subarray(0, Math.min(length, SHOWN_BYTES)).toString('utf8');
  return Math.min(bytes.length, length) > SHOWN_BYTES ? `${shown}…` : shown;
}
