// axe finds nothing on any page, in either theme, on a phone or a desk.
import AxeBuilder from '@axe-core/playwright';
import { connect, expectConnected, openEditor, outcome, replaceAll } from './lab/lesson-page.ts';
import { pages } from './lab/pages.ts';
import { expect, test } from './lab/test.ts';

/** One template makes all entries of the reference: the first five of a page stand for the rest, which would take minutes. */
const REPEATED = '.entry:nth-of-type(n + 6)';
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const told = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);

for (const path of pages) {
  test(`${path} keeps WCAG 2.2 AA, in both themes, without horizontal scroll`, async ({ page }) => {
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      expect(told(await new AxeBuilder({ page }).withTags(WCAG).exclude(REPEATED).analyze())).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `horizontal scroll at ${width} px`).toBeLessThanOrEqual(0);
    }
    // The themes differ in colours only.
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(path);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const contrast = new AxeBuilder({ page }).withRules(['color-contrast']).exclude(REPEATED);
    expect(told(await contrast.analyze())).toEqual([]);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`open editors, results and a connection keep WCAG 2.2 AA in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/playground/');
    await openEditor(page, 'handler.js');
    await replaceAll(page, "console.error('careful');\nnull.b = 1;\n");
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(outcome(page, /threw an error at line 2/)).toBeVisible();
    await page.getByText('Request', { exact: true }).click();
    await page
      .locator('lab-api-definition-editor')
      .getByRole('button', { name: 'Deploy', exact: true })
      .click();
    await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
    await connect(page);
    await expectConnected(page);
    await openEditor(page, 'websocket_server.js');
    await replaceAll(
      page,
      "const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8091 });\nsetTimeout(() => null.b, 1);\n",
    );
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('log').getByRole('button', { name: 'Go to line 3' })).toBeVisible();
    expect(told(await new AxeBuilder({ page }).withTags(WCAG).analyze())).toEqual([]);
  });
}
