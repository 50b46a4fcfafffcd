// What a copy button of a code block copies carries the reader's names, too.
import { readNames } from './kept-names.ts';
import { withNames } from './name-places.ts';

/** Before Expressive Code's own listener: it reads `data-code`, in which U+007F stands for a line feed. */
document.addEventListener(
  'click',
  ({ target }) => {
    const button =
      target instanceof Element ? target.closest<HTMLElement>('.expressive-code [data-code]') : null;
    // An editor's text runs in the lab, and keeps the lab's names.
    if (!button || button.closest('lab-code-editor')) return;
    button.dataset.code = withNames(button.dataset.code ?? '', readNames());
  },
  { capture: true },
);
