// Stands in for Pagefind's interface, which weighs more than all else that a lesson loads: the real one comes when the search is opened.
import type { SearchOptions } from './real-interface.ts';

/** What Starlight's search makes at idle time, under the name that it asks for. Throws nothing; fetches nothing yet. */
export class PagefindUI {
  constructor(options: SearchOptions) {
    const dialog = document.querySelector('site-search dialog');
    if (dialog instanceof HTMLDialogElement) whenOpened(dialog, () => fill(dialog, options));
  }
}

/** The attribute, not a click, because Ctrl-K opens the dialog as well; not `toggle`, because older browsers do not tell it of dialogs. */
function whenOpened(dialog: HTMLDialogElement, then: () => void): void {
  if (dialog.open) {
    then();
    return;
  }
  const observer = new MutationObserver(() => {
    if (!dialog.open) return;
    observer.disconnect();
    then();
  });
  observer.observe(dialog, { attributes: true, attributeFilter: ['open'] });
}

async function fill(dialog: HTMLDialogElement, options: SearchOptions): Promise<void> {
  try {
    const { showSearch } = await import('./real-interface.ts');
    showSearch(options);
    dialog.querySelector('input')?.focus();
  } catch {
    const place = dialog.querySelector('#starlight__search');
    if (place)
      place.textContent = 'The search could not be loaded. Check the connection, then reload the page.';
  }
}
