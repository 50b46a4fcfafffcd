// Pagefind's own interface with its style, in one chunk that is fetched when the search is opened.
import { PagefindUI } from '@pagefind/default-ui/npm_dist/mjs/ui-core.mjs';
// As text: the build would otherwise link the style into every page.
import style from './real-interface.css?inline';

/** Pagefind's options, as Starlight gives them. */
export type SearchOptions = Record<string, unknown>;

/** Puts the search field and its results where the options say. */
export function showSearch(options: SearchOptions): void {
  const element = document.createElement('style');
  element.textContent = style;
  document.head.append(element);
  new PagefindUI(options);
}
