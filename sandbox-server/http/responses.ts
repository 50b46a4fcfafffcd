// The answers that many routes share, as the OpenAPI document tells them.
import { problemSchema } from './problem.ts';

const descriptions = {
  400: 'The request has the wrong shape; the message names the place.',
  401: 'The token is missing or wrong.',
  403: 'The request comes from the page of another site.',
  404: 'There is nothing of that name.',
  409: 'It stands against something that is there; the message names it.',
  413: 'The body is too large.',
  415: 'The body is of a type that is not read here.',
  429: 'Too many, or the lab is busy; `Retry-After` says when to try again.',
  503: 'The lab is full, or stopping, or still compiles what was deployed before a restart.',
} as const;

/** RFC 9110, section 10.2.3: seconds until it is worth to come again. */
const retryAfter = {
  'Retry-After': {
    description: 'Seconds until it is worth to come again.',
    schema: { type: 'integer' as const },
  },
};
const withRetryAfter: readonly ProblemStatus[] = [429, 503];

type ProblemStatus = keyof typeof descriptions;
type ProblemResponse = {
  description: string;
  headers?: typeof retryAfter;
  content: { 'application/json': { schema: typeof problemSchema } };
};

/** The entries of a route's `responses` for these statuses. */
export function problems<Status extends ProblemStatus>(
  ...statuses: Status[]
): Record<Status, ProblemResponse>;
export function problems(...statuses: ProblemStatus[]): Partial<Record<ProblemStatus, ProblemResponse>> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: descriptions[status],
        ...(withRetryAfter.includes(status) ? { headers: retryAfter } : {}),
        content: { 'application/json': { schema: problemSchema } },
      },
    ]),
  );
}

/** One JSON answer of a route's `responses`. */
export function json<Schema>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}
