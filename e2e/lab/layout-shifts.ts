// The layout shifts of a page from its first paint on, those that a reader brings about left in.
import type { Page } from 'playwright/test';

/** Call it before the page is opened. */
export async function countShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(globalThis, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ('value' in entry)
          Object.assign(globalThis, { shifts: Reflect.get(globalThis, 'shifts') + Number(entry.value) });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Their sum so far, in the unit of Cumulative Layout Shift. */
export function shiftsOf(page: Page): Promise<unknown> {
  return page.evaluate(() => Reflect.get(globalThis, 'shifts'));
}
