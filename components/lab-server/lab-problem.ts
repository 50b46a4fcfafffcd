// Anything that keeps the server from answering as asked, in words for the reader.

export class LabProblem extends Error {
  /** The server's own code, or `server-away`, `unexpected-answer`. */
  readonly code: string;
  readonly hint: string;
  /** HTTP status; `0` when nothing answered. */
  readonly status: number;
  /** Seconds until it makes sense to ask again; `null` where the server does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(
    status: number,
    code: string,
    message: string,
    hint: string,
    retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = 'LabProblem';
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function serverAway(): LabProblem {
  return new LabProblem(
    0,
    'server-away',
    'The lab’s server does not answer.',
    'What is recorded on this page still holds. Start the lab with npm start, or wait a moment, and try again.',
  );
}

export function unexpectedAnswer(status: number): LabProblem {
  return new LabProblem(
    status,
    'unexpected-answer',
    'The lab’s server answered with something that this page does not understand.',
    'Reload the page: it may be older than the server.',
  );
}
