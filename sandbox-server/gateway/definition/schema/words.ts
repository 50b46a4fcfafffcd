// What every member of a definition says about itself: one sentence, and how far it is known that the product does so.
import { z } from 'zod';

export const STANDINGS = ['documented', 'seen', 'inferred', 'lab'] as const;
export type Standing = (typeof STANDINGS)[number];

/** The standing as readers see it, in a hover as on the pages. */
export const STANDING_WORDS: Record<Standing, string> = {
  documented: 'documented',
  seen: 'seen in the field',
  inferred: 'inferred',
  lab: 'lab’s choice',
};

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
