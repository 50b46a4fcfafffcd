// What an API asks of its clients: schemes that are there, and that the lab can check.
import { readSecurity } from '../../security/read-security.ts';
import type { Rule } from '../rule.ts';

export const security: Rule = (document) => readSecurity(document).findings;
