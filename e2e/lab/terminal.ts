// The terminal on the page, as a reader sees and starts it.
import { expect, type Locator, type Page } from 'playwright/test';

/** What the terminal shows, without its line ends: a long line wraps. */
export async function shown(page: Page): Promise<string> {
  const texts = await page.locator('lab-terminal :is(.xterm-rows, .lab-terminal-text)').allTextContents();
  return texts.join('').replaceAll('\u00a0', ' ').replaceAll('\n', '');
}

export async function expectShown(page: Page, text: string | RegExp): Promise<void> {
  const poll = expect.poll(() => shown(page));
  await (typeof text === 'string' ? poll.toContain(text) : poll.toMatch(text));
}

export async function expectState(page: Page, text: RegExp): Promise<void> {
  await expect(page.locator('lab-terminal .lab-terminal-state')).toHaveText(text);
}

/** The button of the lesson's `websocat` command. */
export function runHere(page: Page): Locator {
  return page.getByRole('button', { name: /^Run here: websocat/ });
}
