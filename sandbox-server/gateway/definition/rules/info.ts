// What names an API: without it the product refuses the file, the lab goes on with names of its own.
import type { Rule } from '../rule.ts';

export const info: Rule = ({ info }) => {
  const wanted = ['title', 'version', 'x-ibm-name'];
  const missing = wanted.filter((name) => info?.[name] === undefined);
  if (missing.length === 0) return [];
  const message = `info lacks ${missing.join(', ')}. API Connect asks for them; the lab takes the name that you deploy under.`;
  return [{ severity: 'warning', rule: 'info-incomplete', message, path: ['info'] }];
};
