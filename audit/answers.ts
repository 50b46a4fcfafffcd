// How soon the page answers its reader: from intent to an editor that takes keys, from Run to the result on screen.
import { type Browser, chromium, type Page } from 'playwright';
import { percentile } from '../bench/percentile.ts';
import { launchOptions } from '../scripts/setup/chromium.mjs';
import { atMost, type Measured } from './verdict.ts';

const LESSON = '/gatewayscript/02-handshake-handler/';
/** Each in a browser profile of its own, so that the first page of it finds an empty cache. */
const PROFILES = 5;
const RUNS_A_PAGE = 10;
const WANTED = { cold: 1_500, warm: 300, run: 100 };

export async function auditAnswers(
  origin: string,
  executablePath: string,
  tell: (headline: string, numbers: Measured[]) => void,
): Promise<void> {
  const browser = await chromium.launch({ ...launchOptions, executablePath });
  const took: Record<'cold' | 'warm' | 'firstRun' | 'run', number[]> = {
    cold: [],
    warm: [],
    firstRun: [],
    run: [],
  };
  try {
    for (let profile = 0; profile < PROFILES; profile += 1) {
      const reader = await openReader(browser, origin);
      took.cold.push(await reader.edit());
      await reader.reload();
      took.warm.push(await reader.edit());
      await reader.close();
      const runner = await openReader(browser, origin);
      took.firstRun.push(await runner.run());
      await runner.resultAndEditorStand();
      for (let run = 0; run < RUNS_A_PAGE; run += 1) took.run.push(await runner.run());
      await runner.close();
    }
  } finally {
    await browser.close();
  }
  const p95 = (ms: readonly number[]) => Math.round(percentile(ms, 0.95));
  tell(`Answers to the reader, Chromium on this machine, 95th percentile: ${LESSON}`, [
    atMost('Edit to an editor with focus, cold cache', p95(took.cold), WANTED.cold, 'ms'),
    atMost('Edit to an editor with focus, warm cache', p95(took.warm), WANTED.warm, 'ms'),
    atMost('first Run of a page to its result, cold cache', p95(took.firstRun), WANTED.run, 'ms'),
    atMost('later Run to its result', p95(took.run), WANTED.run, 'ms'),
  ]);
}

async function openReader(browser: Browser, origin: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL(LESSON, origin).href, { waitUntil: 'networkidle' });
  return {
    /** Milliseconds until the editor shows its text and has the focus. */
    edit: () => until(page, 'Edit', 'lab-code-editor .lab-live:focus-within .view-line'),
    /** Milliseconds until the result of this run is painted. */
    run: () => until(page, 'Run', '.lab-actions button[aria-busy="false"]:nth-of-type(1)'),
    /** The first result takes the place of the recorded one, and brings the editor behind it, which a reader does not notice while reading. */
    async resultAndEditorStand() {
      await page.locator('lab-gatewayscript-editor .lab-recorded').waitFor({ state: 'hidden' });
      await page.locator('lab-code-editor .view-line').first().waitFor();
    },
    reload: () => page.reload({ waitUntil: 'networkidle' }),
    close: () => context.close(),
  };
}

/** Presses the button as a script does, so without the pointer on its way there, which would fetch the editor ahead of the press. The frame in which `shown` is painted counts. */
function until(page: Page, button: string, shown: string): Promise<number> {
  return page
    .locator('lab-gatewayscript-editor')
    .getByRole('button', { name: button, exact: true })
    .evaluate(
      (element, selector) =>
        new Promise<number>((resolve) => {
          const pressedAt = performance.now();
          const look = () => {
            if (document.querySelector(`lab-gatewayscript-editor ${selector}`))
              requestAnimationFrame(() => resolve(performance.now() - pressedAt));
            else requestAnimationFrame(look);
          };
          if (element instanceof HTMLElement) element.click();
          requestAnimationFrame(look);
        }),
      shown,
    );
}
