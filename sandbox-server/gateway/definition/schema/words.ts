// What every member of a definition says about itself: one sentence, and how far it is known that the product does so.
import { z } from 'zod';
import { STANDINGS, type Standing } from './standing.ts';

export { STANDING_WORDS, STANDINGS, type Standing } from './standing.ts';

/** What a schema's `meta` has to hold. */
export const words = z.looseObject({
  description: z.string().regex(/^[A-Z].*[.]$/, 'expected one or more sentences'),
  standing: z.enum(STANDINGS),
});

type Examples = readonly unknown[];
const say = (standing: Standing) => (description: string, examples?: Examples) => ({
  description,
  standing,
  ...(examples ? { examples: [...examples] } : {}),
});

export const documented = say('documented');
export const seen = say('seen');
export const inferred = say('inferred');
export const lab = say('lab');
