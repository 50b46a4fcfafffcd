// The definition editor: it completes what a definition may hold, tells what each member is, and marks no fault twice.
import type { Locator, Page } from 'playwright/test';
import { lessonFile } from './lab/lesson.ts';
import { openEditor, replaceAll } from './lab/lesson-page.ts';
import { expect, test } from './lab/test.ts';

const START = lessonFile('websocket-upgrade/04-create-api/websocket-upgrade.yaml');

/** The editor of a lesson with a text in it, the cursor at its end. */
async function edit(page: Page, text: string): Promise<Locator> {
  await page.goto('/websocket-upgrade/04-create-api/');
  await openEditor(page, 'websocket-upgrade.yaml');
  await replaceAll(page, text);
  return page.locator('lab-api-definition-editor');
}

/** The first text in the editor with these characters, as it is painted. */
const painted = (editor: Locator, text: string) =>
  editor.locator('.view-line span span').filter({ hasText: text }).first();

test('a property of the policy is completed, with what it does and how that is known', async ({ page }) => {
  await edit(page, `${START.trimEnd()}\n          `);
  const list = page.locator('.suggest-widget');
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Space');
    await expect(list.getByText('inject-proxy-headers')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await page.keyboard.type('target');
  await page.keyboard.press('Control+Space');
  await expect(page.locator('.suggest-details')).toContainText('asked to switch protocols');
  await expect(page.locator('.suggest-details')).toContainText('seen in the field');
  await page.keyboard.press('Tab');
  await expect(page.locator('lab-api-definition-editor .view-lines')).toContainText('target-url: ');
});

test('a policy that the lab does not run is completed too, and says so', async ({ page }) => {
  await edit(page, `${START.trimEnd()}\n      - xsl`);
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Space');
    await expect(page.locator('.suggest-widget').getByText('xslt')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
});

test('a member tells under the pointer what it is', async ({ page }) => {
  const editor = await edit(page, START);
  const hover = page.locator('.monaco-hover').filter({ hasText: 'gateway type that runs the API' });
  await expect(async () => {
    await page.mouse.move(1, 1);
    await painted(editor, 'gateway').hover();
    await expect(hover).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(hover).toContainText('documented');
  await expect(hover).not.toContainText('Source');
});

test('a wrong value is marked while it is written; after Deploy the server alone marks it', async ({
  page,
}) => {
  const text = START.replace('timeout: 60', 'target-url: http://backend:8091\n          timeout: soon');
  const editor = await edit(page, text);
  await expect(editor.locator('.squiggly-warning')).toHaveCount(1, { timeout: 30_000 });
  await editor.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(editor.locator('.squiggly-error')).toHaveCount(1);
  await expect(editor.getByText(/timeout: expected/).first()).toBeVisible();
  const hover = page.locator('.monaco-hover').filter({ visible: true });
  await expect(async () => {
    await page.mouse.move(1, 1);
    await painted(editor, 'timeout').hover();
    await expect(hover).toContainText('timeout: expected', { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(hover).not.toContainText('Incorrect type');
});

test('nothing of it is fetched before the reader shows intent', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  const ofYaml = () => fetched.filter((path) => /definition\.schema|yaml-language|yaml\.worker/.test(path));
  await page.goto('/websocket-upgrade/04-create-api/', { waitUntil: 'networkidle' });
  expect(ofYaml()).toEqual([]);
  await openEditor(page, 'websocket-upgrade.yaml');
  await expect.poll(ofYaml, { timeout: 20_000 }).toHaveLength(3);
});

test('a megabyte in the editor is typed on in, and refused at the line that is too much; what was kept before stays', async ({
  page,
}) => {
  const line = `# ${'x'.repeat(97)}\n`;
  const editor = await edit(page, START + line.repeat(10_000));
  await page.keyboard.type('# the end');
  await expect(editor.locator('.view-lines')).toContainText('# the end');
  await editor.getByRole('button', { name: 'Deploy', exact: true }).click();
  const passed = START.split('\n').length + Math.floor((262_144 - Buffer.byteLength(START)) / line.length);
  await expect(editor.getByText(/may have 262144 bytes at most, and this has 1/)).toBeVisible();
  await editor.getByRole('button', { name: `Go to line ${passed}` }).click();
  await expect(editor.locator('.squiggly-error').first()).toBeVisible();
  await page.reload();
  await openEditor(page, 'websocket-upgrade.yaml');
  await expect(editor.locator('.view-lines')).toContainText('swagger');
});
