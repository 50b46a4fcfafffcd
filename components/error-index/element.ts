// Filters the list of symptoms by the error text that the reader pastes.
import { type ErrorPage, matchErrors } from './match-errors.ts';

/** `<lab-error-index>`, written by ErrorIndex.astro: the list is there without it, this only sorts and hides. */
export class ErrorIndexElement extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector('input');
    const list = this.querySelector('ul');
    const none = this.querySelector<HTMLElement>('[data-none]');
    const said = this.querySelector('[role="status"]');
    if (!input || !list || !none || !said) return;
    const items = [...list.children].filter((item) => item instanceof HTMLElement);
    const pages = items.map((item) => ({ item, ...pageOf(item) }));
    input.addEventListener('input', () => {
      const fitting = matchErrors(input.value, pages);
      for (const { item } of pages) item.hidden = true;
      for (const { item } of fitting) {
        item.hidden = false;
        list.append(item);
      }
      none.hidden = fitting.length > 0;
      said.textContent = `${fitting.length} of ${pages.length} fit.`;
    });
  }
}

function pageOf(item: HTMLElement): ErrorPage {
  const link = item.querySelector('a');
  return {
    title: link?.textContent ?? '',
    href: link?.getAttribute('href') ?? '',
    errors: [...item.querySelectorAll('code')].map((code) => code.textContent),
  };
}

customElements.define('lab-error-index', ErrorIndexElement);
