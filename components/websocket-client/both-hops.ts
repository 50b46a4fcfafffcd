// The fold "Both hops" below the client: what is in it is fetched when the reader first opens it.

/** `fold` is there for the client of the reader's own organization only. */
export function openBothHops(fold: HTMLDetailsElement | null): void {
  fold?.addEventListener('toggle', () => {
    if (fold.open && !fold.querySelector('lab-connection-view')) void fill(fold);
  });
}

async function fill(fold: HTMLDetailsElement): Promise<void> {
  const place = fold.querySelector('[data-both-hops-place]');
  try {
    await import('../connection-view/element.ts');
    place?.replaceChildren(document.createElement('lab-connection-view'));
  } catch {
    // The next opening tries again.
    if (place) place.textContent = 'This part could not be fetched. Close and open it to try again.';
  }
}
