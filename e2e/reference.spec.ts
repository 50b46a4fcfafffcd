// The reference: its examples run where they stand, and the editor knows what the reference tells.
import { expect, test } from './lab/test.ts';

test('an example runs at a press, and prints what its comment says', async ({ page }) => {
  await page.goto('/reference/crypto/');
  const example = page.locator('lab-example-runner').first();
  const promised = (await example.locator('.lab-still').textContent())?.split('// prints ')[1]?.trim();
  await example.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(example.getByRole('group', { name: 'Printed' })).toHaveText(promised ?? '');
});

test('an example can be changed, and runs as changed', async ({ page }) => {
  await page.goto('/reference/console/');
  const example = page.locator('lab-example-runner').first();
  await example.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(example.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText("console.info('by hand');");
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(example.getByRole('group', { name: 'Printed' })).toHaveText('by hand');
});

test('the editor completes a module, and marks a member that is not there', async ({ page }) => {
  await page.goto('/reference/crypto/');
  const example = page.locator('lab-example-runner').first();
  await example.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(example.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText("require('crypto').nope();\nrequire('crypto')");
  await expect(example.locator('.squiggly-error').first()).toBeVisible({ timeout: 20_000 });
  await page.keyboard.type('.');
  const list = page.locator('.suggest-widget');
  await expect(list.getByText('createHmac', { exact: true })).toBeVisible();
  await expect(list.getByText('createServer')).toHaveCount(0);
});

test('the pages of definition and policies are found from the index, and tell type, default and standing', async ({
  page,
}) => {
  await page.goto('/reference/');
  await page.getByRole('main').getByRole('link', { name: 'Policies' }).click();
  await page.getByRole('main').getByRole('link', { name: 'websocket-upgrade' }).click();
  const timeout = page.locator('.member').filter({ has: page.getByRole('heading', { name: /^timeout/ }) });
  await expect(timeout).toContainText('whole number, 1 to 86400; default 60');
  await expect(timeout).toContainText('documented');
});
