// The scripts that show the progress before the first paint, as the build writes them into the pages.
import { transformSync } from 'esbuild';
import { PROGRESS_KEY } from './progress-store.ts';
import { RENAMED } from './renamed-steps.ts';
import { type Shown, showMarks } from './show-progress.ts';

/**
 * For the head of every page. It reads what is kept narrowly; the module that follows has the last word. It defines
 * `labShows`, the functions that show the progress, and `labShowProgress`, which calls them: by itself for the parent of the script that calls it.
 */
export const headScript = small(`(() => {
  const renamed = ${JSON.stringify(RENAMED)};
  const today = (step) => Object.hasOwn(renamed, step) ? renamed[step] : step;
  const shown = { passed: [], last: null };
  try {
    const { version, passed, last } = JSON.parse(localStorage.getItem('${PROGRESS_KEY}'));
    if (version === 1) {
      shown.passed = Object.keys(passed).map(today);
      if (last) shown.last = { step: today(last.step), heading: last.heading };
    }
  } catch {}
  const shows = (globalThis.labShows = [${showMarks}]);
  globalThis.labShowProgress = (root = document.currentScript.parentElement, now = shown) => {
    for (const show of shows) show(root, now);
  };
})();`);

/** For right behind the place that this function shows the progress in; from then on it is called at every change. */
export function placeScript(show: (root: ParentNode, shown: Shown) => void): string {
  return small(`globalThis.labShows?.push(${show}); globalThis.labShowProgress?.();`);
}

function small(script: string): string {
  return transformSync(script, { minify: true }).code.trim();
}
