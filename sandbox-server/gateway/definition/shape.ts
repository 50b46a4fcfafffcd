// From zod's issues to findings: which member is of the wrong shape, and what it should be.
import type { z } from 'zod';
import { issueSentence } from '../assembly/issue-sentence.ts';
import type { Finding } from './rule.ts';

/** One error an issue; `base` is the path of what was parsed. */
export function shapeFindings(error: z.ZodError, rule: string, base: (string | number)[] = []): Finding[] {
  return error.issues.map((issue) => {
    const path = [...base, ...issue.path.map((name) => (typeof name === 'symbol' ? String(name) : name))];
    const name = path.length === 0 ? 'The definition' : path.join('.');
    return {
      severity: 'error',
      rule,
      message: `${name}: ${issueSentence(issue)}.`,
      path,
    };
  });
}
