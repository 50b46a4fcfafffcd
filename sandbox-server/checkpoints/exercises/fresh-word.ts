// What a check sends: a word that nobody can have written down before.
import { randomBytes } from 'node:crypto';

/** Eight characters, all ASCII. */
export const freshWord = (): string => randomBytes(4).toString('hex');
