// Compares what a client sent with what it should be, in a time that tells nothing of either.
import { createHash, timingSafeEqual } from 'node:crypto';

/** Digests are of one length, so that the comparison takes one time whatever the texts. */
export function secretEqual(sent: string, kept: string): boolean {
  return timingSafeEqual(digest(sent), digest(kept));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
