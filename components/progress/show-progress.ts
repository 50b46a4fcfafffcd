// Writes the progress into the page: marks at the links to steps, counts of parts, and the way back to where the reader was.
// The build puts the text of these functions into the pages (inline.ts), to run before the first paint: so they use nothing from outside themselves.

/** What the page shows: ids of passed steps, and the one that was open last. */
export interface Shown {
  passed: readonly string[];
  last: { step: string; heading: string } | null;
}

/** `[data-lab-step]` gets `data-state`: `passed`, `now` or `ahead`; its `[data-mark]` says it. Where there is none, in a link, a passed one gets a tick. */
export function showMarks(root: ParentNode, { passed, last }: Shown): void {
  for (const place of root.querySelectorAll<HTMLElement>('[data-lab-step]')) {
    const step = place.dataset.labStep ?? '';
    const isPassed = passed.includes(step);
    const state = isPassed ? 'passed' : step === last?.step ? 'now' : 'ahead';
    place.dataset.state = state;
    const mark = place.querySelector('[data-mark]');
    if (mark) mark.textContent = { passed: 'Passed', now: 'Now', ahead: 'Not yet' }[state];
    else {
      place.querySelector('.lab-passed')?.remove();
      if (isPassed)
        place.insertAdjacentHTML(
          'beforeend',
          '<span class="lab-passed"><span class="sr-only"> (passed)</span></span>',
        );
    }
  }
}

/** `[data-passed-of]`, a list of ids, gets the count of those that were passed. */
export function showCounts(root: ParentNode, { passed }: Shown): void {
  for (const count of root.querySelectorAll<HTMLElement>('[data-passed-of]')) {
    const steps = (count.dataset.passedOf ?? '').split(' ');
    count.textContent = `${steps.filter((step) => passed.includes(step)).length} of ${steps.length} passed`;
  }
}

/** `[data-continue]`, a link, leads to the last step if its `data-steps` (JSON: id to path and title) has it; where that is passed, to the next that is not. */
export function showContinue(root: ParentNode, { passed, last }: Shown): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>('[data-continue]')) {
    const steps: Record<string, [path: string, title: string]> = JSON.parse(link.dataset.steps ?? '{}');
    const ids = Object.keys(steps);
    const known = last !== null && Object.hasOwn(steps, last.step);
    const at = known ? ids.indexOf(last.step) : 0;
    const step =
      known && passed.includes(last.step)
        ? (ids.slice(at).find((id) => !passed.includes(id)) ?? last.step)
        : (ids[at] ?? '');
    const [path, title] = steps[step] ?? ['', ''];
    link.href =
      known && step === last.step && last.heading ? `${path}#${encodeURIComponent(last.heading)}` : path;
    for (const words of link.querySelectorAll('[data-words]'))
      words.textContent = known ? 'Continue' : 'Start';
    for (const name of link.querySelectorAll('[data-title]')) name.textContent = title;
  }
}
