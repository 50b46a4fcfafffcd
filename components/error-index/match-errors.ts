// Finds the pages that fit the error text in a reader's hand.

export interface ErrorPage {
  title: string;
  href: string;
  errors: readonly string[];
}

/** Least share of an error's words that must be in the reader's text. */
const ENOUGH = 0.6;

/** The pages that fit, the best first; all of them, in their order, for an empty text. */
export function matchErrors<Page extends ErrorPage>(text: string, pages: readonly Page[]): Page[] {
  const asked = normal(text);
  if (asked === '') return [...pages];
  return pages
    .map((page) => ({
      page,
      fit: Math.max(...[page.title, ...page.errors].map((error) => fitOf(asked, normal(error)))),
    }))
    .filter(({ fit }) => fit >= ENOUGH)
    .sort((a, b) => b.fit - a.fit)
    .map(({ page }) => page);
}

/** 2 where one holds the other whole, the longer match the more; else the share of the error's words that the text has. */
function fitOf(asked: string, error: string): number {
  if (asked.includes(error)) return 2 + error.length / 1_000;
  if (asked.length >= 3 && error.includes(asked)) return 2 + asked.length / 1_000;
  const has = new Set(asked.split(' '));
  const words = error.split(' ');
  return words.filter((word) => has.has(word)).length / words.length;
}

/** Case, quotes and punctuation differ from client to client; words, numbers and codes do not. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
