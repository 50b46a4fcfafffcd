// Without JavaScript the tutorial reads as a whole; with it, nothing shifts when the editor comes; on touch a text area serves.
import { devices } from 'playwright/test';
import { countShifts, shiftsOf } from '../lab/layout-shifts.ts';
import { lessonFile } from '../lab/lesson.ts';
import { openEditor, outcome } from '../lab/lesson-page.ts';
import { expect, test } from '../lab/test.ts';

const PAGE = '/gatewayscript/02-handshake-handler/';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson shows its code, highlighted, and its recorded output, and no control that does nothing', async ({
    page,
  }) => {
    await page.goto(PAGE);
    const code = page.locator('lab-gatewayscript-editor');
    await expect(code.getByText("context.set('message.status.code', 101);")).toBeVisible();
    const colours = await code
      .locator('pre code span')
      .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
    expect(colours, 'colours in the code').toBeGreaterThan(2);
    await expect(code.getByText('HTTP/1.1 101 Switching Protocols')).toBeVisible();
    await expect(code.getByRole('button', { name: 'Run' })).toBeHidden();
    await expect(page.getByRole('link', { name: /^Next/ })).toBeVisible();
  });
});

test('before intent no part of the editor is fetched, and when it comes nothing shifts', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await countShifts(page);
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  expect(scripts.filter((url) => /monaco/i.test(url))).toEqual([]);

  // Its place on the page, not on the screen: pressing Edit may scroll.
  const place = () =>
    page.locator('lab-gatewayscript-editor').evaluate((editor) => {
      const { top, left, width, height } = editor.getBoundingClientRect();
      return { top: top + window.scrollY, left, width, height };
    });
  const before = await place();
  await openEditor(page, 'handler.js');
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
  expect(scripts.some((url) => /monaco/i.test(url))).toBe(true);
  expect(await place()).toEqual(before);
  expect(await shiftsOf(page)).toEqual([]);
});

test.describe('on a phone', () => {
  const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices['Pixel 7'];
  test.use({ viewport, userAgent, deviceScaleFactor, isMobile, hasTouch });

  test('a plain text area edits and runs the script', async ({ page }) => {
    await page.goto(PAGE);
    const editor = page.locator('lab-gatewayscript-editor');
    await editor.getByRole('button', { name: 'Edit', exact: true }).tap();
    const area = editor.locator('textarea').first();
    await expect(area).toHaveValue(lessonFile('gatewayscript/02-handshake-handler/handler.js').trimEnd());
    await area.fill("context.set('message.status.code', 418);");
    await editor.getByRole('button', { name: 'Run', exact: true }).tap();
    await expect(outcome(editor, /The client gets 418/)).toBeVisible();
    await expect(page.locator('.monaco-editor')).toHaveCount(0);
  });
});
