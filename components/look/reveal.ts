// What came of a press may lie below the window: the page moves just so far that the reader sees it.

/** The first in `widget` that fits `selector`. Who has gone elsewhere meanwhile is not fetched back. */
export function reveal(widget: HTMLElement, selector: string): void {
  if (!widget.contains(document.activeElement)) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  widget
    .querySelector(selector)
    ?.scrollIntoView({ block: 'nearest', behavior: still ? 'instant' : 'smooth' });
}
