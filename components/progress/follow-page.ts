// Follows the reader on every page: keeps which step is open and what is passed, and shows every change at once.
import { keptProgress, onProgress } from './kept-progress.ts';
import type { Shown } from './show-progress.ts';

declare global {
  /** Of inline.ts: what is in the page already need not come again with this module. */
  var labShowProgress: (root: ParentNode, shown: Shown) => void;
}

const now = () => new Date().toISOString();

document.addEventListener('lab-step-passed', (event) => {
  const detail: unknown = event instanceof CustomEvent ? event.detail : null;
  if (typeof detail === 'object' && detail !== null && 'step' in detail && typeof detail.step === 'string')
    keptProgress.pass(detail.step, now());
});

onProgress(() => {
  const { passed, last } = keptProgress.progress;
  labShowProgress(document, { passed: [...passed.keys()], last });
});

const step = document.querySelector<HTMLMetaElement>('meta[name="lab-step"]')?.content;
if (step !== undefined) {
  const visit = () => keptProgress.visit(step, now(), headingInView());
  visit();
  addEventListener('pageshow', ({ persisted }) => persisted && visit());
  // Where the reader leaves it; not where another tab has opened another step since.
  addEventListener('pagehide', () => keptProgress.progress.last?.step === step && visit());
}

/** The id of the last heading that has come up to the upper third of the screen; empty above the first. */
function headingInView(): string {
  const headings = [...document.querySelectorAll<HTMLElement>('.sl-markdown-content h2[id]')];
  return headings.findLast((each) => each.getBoundingClientRect().top < innerHeight / 3)?.id ?? '';
}
