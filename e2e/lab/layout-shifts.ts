// The layout shifts of a page from its first paint on, those that a reader brings about left in.
import type { Page } from 'playwright/test';

/** Call it before the page is opened. */
export async function countShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(globalThis, { shifts });
    // What the DOM's own types leave out: https://wicg.github.io/layout-instability/
    const sourcesOf = (entry: PerformanceEntry): { node?: Node | null }[] =>
      Reflect.get(entry, 'sources') ?? [];
    const named = (node: Node | null | undefined) => {
      const element = (node instanceof Element ? node : node?.parentElement)?.cloneNode(false);
      return element instanceof Element ? element.outerHTML : '(gone)';
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const moved = sourcesOf(entry).map(({ node }) => named(node));
        shifts.push(`${Reflect.get(entry, 'value')}: ${moved.join(' ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Each one so far: its part of Cumulative Layout Shift, and the elements that moved. */
export function shiftsOf(page: Page): Promise<unknown> {
  return page.evaluate(() => Reflect.get(globalThis, 'shifts'));
}
