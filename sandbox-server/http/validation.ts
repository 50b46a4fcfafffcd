// How a body or parameter of the wrong shape is told: the first thing wrong, with its place.
import type { ZodError } from 'zod';
import { Problem } from './problem.ts';

/** `['request', 'headers', 'x-a', 0]` as a reader would write it: `request.headers["x-a"][0]`. */
export function place(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    const name = String(part);
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${before}[${JSON.stringify(name)}]`;
    return before === '' ? name : `${before}.${name}`;
  }, '');
}

/** The first issue of a failed parse as a 400. */
export function invalid(error: ZodError): Problem {
  const [issue] = error.issues;
  const where = issue && issue.path.length > 0 ? place(issue.path) : 'the body';
  const hint = 'GET /openapi.json describes the shape.';
  return new Problem(400, 'invalid-request', `${where}: ${issue?.message ?? 'not valid'}`, hint);
}

/** The hook that `@hono/zod-openapi` calls after each validation. */
export function onValidation(result: { success: boolean; error?: ZodError }): void {
  if (!result.success && result.error) throw invalid(result.error);
}
