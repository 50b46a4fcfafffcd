// What is wrong with a value, in the words of the definition's author: zod's own name its types, and say nothing where there are several.
import type { z } from 'zod';

/** Such as `expected number`: no capital, no full stop. A schema's own sentence stays as it is. */
export function issueSentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
    const forms = issue.errors.flatMap(([first]) => (first ? [issueSentence(first)] : []));
    const words = forms.map((form) =>
      form.replace(/^(missing; )?expected /, '').replace(/, received \w+$/, ''),
    );
    const missing = forms.some((form) => form.startsWith('missing; ')) ? 'missing; ' : '';
    return `${missing}expected ${[...new Set(words)].join(' or ')}`;
  }
  return issue.message
    .replace(/^Invalid (input|option): /, '')
    .replace(/^expected record/, 'expected object')
    .replace(/^(expected .*), received undefined$/, 'missing; $1')
    .replace(/, received NaN$/, '');
}
