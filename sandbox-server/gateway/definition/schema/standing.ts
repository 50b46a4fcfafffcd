// How far it is known that the product does something, and the words for it.

export const STANDINGS = ['documented', 'seen', 'inferred', 'lab'] as const;
export type Standing = (typeof STANDINGS)[number];

/** The standing as readers see it, in a hover as on the pages. */
export const STANDING_WORDS: Record<Standing, string> = {
  documented: 'documented',
  seen: 'seen in the field',
  inferred: 'inferred',
  lab: 'lab’s choice',
};
