// The operator's log: one line of JSON for each thing worth telling, on standard error; an error is a sentence and a place, no stack.
import { type DestinationStream, type Logger, pino } from 'pino';

/** The first line of a stack that is the lab's own code, e.g. `sandbox-server/http/runs.ts:40:5`. */
function place(stack: string | undefined): string | undefined {
  return /sandbox-server\/[^\s)]+/.exec(stack ?? '')?.[0];
}

/** What is logged of an error; its causes likewise, to the third. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? error.code : undefined;
  const cause = error.cause === undefined || depth >= 3 ? undefined : describeError(error.cause, depth + 1);
  return { type: error.name, message: error.message, code, at: place(error.stack), cause };
}

/** A log of the given level; `destination` is standard error unless a test gives another. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error) => describeError(error) },
    },
    destination,
  );
}
