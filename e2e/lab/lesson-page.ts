// What a reader does on a lesson's page, in the words that stand on it.
import type { Locator, Page } from 'playwright/test';
import { expect } from './test.ts';

/** Opens the editor of this file with its Edit button; gives its text box. */
export async function openEditor(page: Page, file: string): Promise<Locator> {
  const widget = page
    .locator('.lab-widget')
    .filter({ has: page.getByText(file, { exact: true }) })
    .first();
  await widget.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = widget.getByRole('textbox', { name: new RegExp(file.replace('.', '\\.')) });
  await expect(field).toBeFocused();
  return field;
}

/** The sentence, on screen, that tells how a run or a deployment went. */
export function outcome(place: Page | Locator, sentence: RegExp): Locator {
  return place.locator('.lab-outcome').filter({ hasText: sentence, visible: true });
}

/** Puts a text in the place of all that is in the focused editor, as a person pastes it. */
export async function replaceAll(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
}

/** Presses the step's Next link and waits for its page. */
export async function goNext(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: /^Next/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

/** Sends a text with the page's WebSocket client and expects the reply in capitals. */
export async function expectCapitals(page: Page, text: string): Promise<void> {
  const client = page.locator('lab-websocket-client');
  await client.getByLabel('Text message').fill(text);
  await client.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(frames(page).getByText(`Processed message: ${text.toUpperCase()}`)).toBeVisible();
}

/** Types a new line below this line of the focused editor, which gives it the same indent. */
export async function typeBelow(page: Page, line: number, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Home');
  for (let at = 1; at < line; at++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type(text);
}

/** The client's own list of handshake and frames. */
export function frames(page: Page): Locator {
  return page.locator('lab-websocket-client [data-frames]');
}

export async function connect(page: Page): Promise<void> {
  await page.locator('lab-websocket-client').getByRole('button', { name: 'Connect', exact: true }).click();
}

export async function expectConnected(page: Page): Promise<void> {
  await expect(frames(page).getByText('Welcome to the WebSocket server!')).toBeVisible();
}
