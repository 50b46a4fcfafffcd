// A printed lesson is a handout: the reader's file in full, what their run gave, black on white, and nothing to press.
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright/test';
import { openEditor, outcome, replaceAll } from './lab/lesson-page.ts';
import { expectShown, expectState } from './lab/terminal.ts';
import { expect, test } from './lab/test.ts';

test.use({ colorScheme: 'dark' });

/** The page as it was printed: `pdf` tells it that it is, as a browser's dialog does. */
async function print(page: Page): Promise<string> {
  await page.pdf();
  await page.emulateMedia({ media: 'print' });
  // biome-ignore lint/performance/useDomNodeTextContent: what is not on paper must not count.
  return page.locator('body').innerText();
}

/** Boxes that keep a part of what they hold out of sight. */
function cutOff(page: Page): Promise<string[]> {
  return page.locator('main').evaluate((main) =>
    [...main.querySelectorAll('*')]
      .filter((box) => box.checkVisibility() && getComputedStyle(box).overflowY !== 'visible')
      // A box of one pixel is for screen readers.
      .filter((box) => box.clientHeight > 1 && box.scrollHeight > box.clientHeight + 1)
      .map((box) => box.outerHTML.slice(0, 120)),
  );
}

test('an edited script that ran is printed whole, with its console, on white', async ({ page }) => {
  const word = randomBytes(6).toString('hex');
  const lines = Array.from({ length: 90 }, (_, index) => `// ${word} ${index}`);
  await page.goto('/gatewayscript/02-handshake-handler/');
  await openEditor(page, 'handler.js');
  await replaceAll(page, [`console.error('said', '${word}');`, ...lines].join('\n'));
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(outcome(page, /^The script completed/)).toBeVisible();

  const paper = await print(page);
  for (const line of lines) expect(paper).toContain(line);
  expect(paper).toMatch(new RegExp(`said.*${word}`));
  for (const text of [
    'Answer the handshake',
    'You will be able to compute the accept value',
    'The script completed, but the handshake breaks',
    'handler-complete.js',
    'Terms on this page',
  ]) {
    expect(paper).toContain(text);
  }
  await expect(page.getByLabel('Headers, one a line'), 'the request is unfolded').toBeVisible();
  for (const absent of ['Search', 'Wrapping up', 'Run', 'Deploy', 'Reset', 'Show solution', 'Next']) {
    expect(paper).not.toMatch(new RegExp(`^${absent}$`, 'm'));
  }
  await expect(page.locator('main button:not(.term, .lab-link)').filter({ visible: true })).toHaveCount(0);
  expect(await cutOff(page)).toEqual([]);
  const colors = await page.locator('body').evaluate((body) => {
    const { backgroundColor, color } = getComputedStyle(body);
    return { backgroundColor, color };
  });
  expect(colors).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(26, 34, 48)' });
});

test('a lesson as it comes is printed with its recorded outputs, and links tell where they lead', async ({
  page,
}) => {
  await page.goto('/websocket-upgrade/08-test/');
  const paper = await print(page);
  for (const text of [
    'websocat -v --insecure wss://',
    'Connected to ws',
    'Recorded conversation',
    'Processed message: HELLO',
  ]) {
    expect(paper).toContain(text);
  }
  const after = await page
    .getByRole('link', { name: 'releases' })
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(after).toContain('https://github.com/vi/websocat/releases');
  for (const absent of [/^Connect$/m, /^Run here$/m, /^Live, once/m]) expect(paper).not.toMatch(absent);
  expect(await cutOff(page)).toEqual([]);
});

test('a terminal is printed with all that went through it, not only the rows in sight', async ({ page }) => {
  await page.goto('/playground/');
  await page.getByRole('button', { name: 'Open a terminal' }).click();
  await expectState(page, /^Ready$/);
  const rows = page.locator('lab-terminal .xterm-rows');
  const words = Array.from({ length: 8 }, () => randomBytes(4).toString('hex'));
  for (const word of words) {
    await page.keyboard.type(`${word}\n`);
    await expectShown(page, `${word}: command not found`);
    await expectState(page, /ended with 127/);
  }
  await expect(rows).not.toContainText(words[0] ?? '');
  const paper = await print(page);
  for (const word of words) expect(paper).toContain(`${word}: command not found`);
  expect(await cutOff(page)).toEqual([]);
  // All parts of the playground, though a screen as narrow as paper shows one at a time.
  for (const part of ['handler.js', 'websocket-test.yaml', 'websocket_server.js', 'WebSocket client'])
    expect(paper).toContain(part);
  expect(paper).not.toMatch(/^(Definition|Auto)$/m);
});

test('the pictures are printed', async ({ page }) => {
  await page.goto('/');
  await print(page);
  for (const name of ['WebSocket upgrade policy', 'GatewayScript handshake']) {
    await expect(page.getByRole('img', { name }).first()).toBeVisible();
  }
});
