// One question to the lab's server, and its answer parsed.
import type { z } from 'zod/mini';
import { problemAnswer } from './answers.ts';
import { LabProblem, serverAway, unexpectedAnswer } from './lab-problem.ts';

export interface Question {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: { type: 'application/json' | 'application/yaml' | 'text/javascript'; text: string };
  token?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The body of the answer, parsed with the schema; a 204 has the body `null`. `statuses` are those that carry it.
 * Throws a LabProblem for all else, and an `AbortError` when the signal says so.
 */
export async function ask<Answer>(
  { method, path, body, token, signal }: Question,
  schema: z.ZodMiniType<Answer>,
  statuses: readonly number[],
): Promise<Answer> {
  const headers = new Headers({ accept: 'application/json' });
  if (body) headers.set('content-type', body.type);
  if (token) headers.set('authorization', `Bearer ${token}`);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(path, { method, headers, body: body?.text ?? null, signal: signal ?? null });
    answer = response.status === 204 ? null : isJson(response) ? await response.json() : undefined;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw serverAway();
  }
  // Where the site stands alone, a static server answers with a page or with nothing.
  if (answer === undefined) throw serverAway();
  if (statuses.includes(response.status)) {
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw unexpectedAnswer(response.status);
  }
  throw problemOf(response, answer);
}

function isJson(response: Response): boolean {
  return /\bjson\b/.test(response.headers.get('content-type') ?? '');
}

function problemOf(response: Response, answer: unknown): LabProblem {
  const parsed = problemAnswer.safeParse(answer);
  if (!parsed.success) return unexpectedAnswer(response.status);
  const { code, message, hint } = parsed.data.error;
  return new LabProblem(response.status, code, message, hint ?? '', retryAfter(response));
}

/** `Retry-After` in seconds (RFC 9110, section 10.2.3); the lab's server sends no dates. */
function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null;
}
