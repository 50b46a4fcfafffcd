// Why a document is not taken: the reader's words for what is wrong in it.

export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/** Throws where a value is over a limit; 0 is no limit. `what` completes "… is over the limit of …". */
export function within(value: number, limit: number, what: string): void {
  if (limit > 0 && value > limit) throw new DocumentError(`${what} is over the limit of ${limit}`);
}
