// Where a definition of the glossary or a statement about the product comes from: a standard's section, a page of IBM's, or the lab itself.

import { PAGES } from './source-pages.ts';

/** `RFC 6455, 5.2` by number and section, one of the pages in source-pages.ts, or `lab`: our own choice, which means nothing elsewhere. */
export type Source = `RFC ${number}, ${string}` | keyof typeof PAGES | 'lab';

export interface SourceLink {
  text: string;
  /** `null` where there is nothing to open. */
  href: string | null;
}

export function sourceLink(source: Source): SourceLink {
  if (source === 'lab') return { text: 'lab’s choice', href: null };
  if (isPage(source)) {
    const [text, href] = PAGES[source];
    return { text, href };
  }
  const [, number = '', section = ''] = /^RFC (\d+), ([\d.]+)$/.exec(source) ?? [];
  if (section === '')
    throw new Error(`Received the source "${source}". Expected "RFC 6455, 5.2" or the like.`);
  return {
    text: `RFC ${number}, section ${section}`,
    href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

/** Whether a page or a label may name it. */
export function isSource(text: string): text is Source {
  return text === 'lab' || Object.hasOwn(PAGES, text) || /^RFC \d+, [\d.]+$/.test(text);
}

function isPage(source: Source): source is keyof typeof PAGES {
  return Object.hasOwn(PAGES, source);
}
