// What a page weighs before the reader shows intent (gzip, everything the browser fetched by itself), and whether it keeps its place meanwhile.
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright/test';
import { countShifts, shiftsOf } from './lab/layout-shifts.ts';
import { pages } from './lab/pages.ts';
import { expect, test } from './lab/test.ts';

/** Bytes after gzip, by type. */
const BUDGET = { document: 15_000, script: 35_000, stylesheet: 21_000 };
type Kind = keyof typeof BUDGET;

async function weigh(page: Page, path: string): Promise<Record<Kind, number>> {
  const weight = { document: 0, script: 0, stylesheet: 0 };
  const bodies: Promise<void>[] = [];
  const weighResponse = (response: Response) => {
    const type = response.request().resourceType();
    if (type !== 'document' && type !== 'script' && type !== 'stylesheet') return;
    bodies.push(
      response.body().then((body) => {
        weight[type] += gzipSync(body).length;
      }),
    );
  };
  page.on('response', weighResponse);
  await page.goto(path, { waitUntil: 'networkidle' });
  // A response after this would be read while the page closes: it belongs to no weight.
  page.off('response', weighResponse);
  await Promise.all(bodies);
  return weight;
}

for (const path of pages) {
  test(`${path} is within its budget before intent, and moves nothing`, async ({ page }) => {
    await countShifts(page);
    const weight = await weigh(page, path);
    test.info().annotations.push({ type: 'weight', description: JSON.stringify(weight) });
    for (const kind of ['document', 'script', 'stylesheet'] as const) {
      expect.soft(weight[kind], `${kind} bytes`).toBeLessThanOrEqual(BUDGET[kind]);
    }
    expect(await shiftsOf(page)).toEqual([]);
  });
}
