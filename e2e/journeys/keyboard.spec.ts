// The tutorial by keyboard alone: no mouse, no trap.
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright/test';
import { frames, outcome } from '../lab/lesson-page.ts';
import { expect, test } from '../lab/test.ts';

/** Presses Tab until this has the focus; fails when it never does. */
async function tabTo(
  page: Page,
  matches: (focused: { tag: string; text: string; label: string }) => boolean,
): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      const label =
        element instanceof HTMLInputElement
          ? (element.labels?.[0]?.textContent ?? '')
          : (element?.getAttribute('aria-label') ?? '');
      return { tag: element?.tagName ?? '', text: element?.textContent?.trim() ?? '', label: label.trim() };
    });
    if (matches(focused)) return;
  }
  throw new Error('Tab never came there.');
}

test('script, deployment and connection of approach 2 are done by keyboard alone', async ({ page }) => {
  await page.goto('/gatewayscript/02-handshake-handler/');
  await tabTo(page, ({ text }) => text === 'Edit');
  await page.keyboard.press('Enter');
  const field = page.locator('lab-gatewayscript-editor').getByRole('textbox', { name: /handler\.js/ });
  await expect(field).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(field, 'before typing, Tab leaves the editor').not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(field).toBeFocused();

  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('// mine');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(field, 'after typing, Tab writes').toBeFocused();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(outcome(page, /The script completed\. The client gets 101/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(field, 'after Esc, Tab leaves again').not.toBeFocused();

  await tabTo(page, ({ text }) => text === 'Deploy');
  await page.keyboard.press('Enter');
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  await tabTo(page, ({ tag, text }) => tag === 'A' && text.startsWith('Next'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Test the connection');

  await tabTo(page, ({ text }) => text === 'Connect');
  await page.keyboard.press('Enter');
  await expect(frames(page).getByText('Welcome to the WebSocket server!')).toBeVisible();
  const word = randomBytes(5).toString('hex');
  await tabTo(page, ({ label }) => label === 'Text message');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(word);
  await page.keyboard.press('Enter');
  await expect(frames(page).getByText(`Processed message: ${word.toUpperCase()}`)).toBeVisible();
});
