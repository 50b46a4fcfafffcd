// The tutorial's checkpoints as readers meet them: fail, hint by hint, the solution, passed; on a desktop by keyboard alone, on a phone by touch.
import { dirname, relative } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { checkpointFolders } from '../../sandbox-server/checkpoints/lesson-files.ts';
import { keptPort } from '../lab/kept-port.ts';
import { connect, frames } from '../lab/lesson-page.ts';
import { startLab } from '../lab/server.ts';
import { expectShown, runHere } from '../lab/terminal.ts';
import { expect, test } from '../lab/test.ts';

const lessons = new URL('../../docs/content/docs/', import.meta.url).pathname;
const folders = checkpointFolders().map(({ step, folder, solution }) => ({
  step,
  path: `/${relative(lessons, folder)}/`,
  files: Object.keys(solution),
}));
const ofFiles = folders.filter(({ files }) => files.length > 0);
const pathOf = (step: string) => folders.find((each) => each.step === step)?.path ?? dirname(step);

const checkpoint = (page: Page) => page.locator('lab-checkpoint');
const button = (page: Page, name: string) => checkpoint(page).getByRole('button', { name, exact: true });
const failed = (page: Page) => checkpoint(page).getByText('Not yet. The last of these does not hold:');
const passed = (page: Page) => checkpoint(page).getByText('Passed', { exact: true });

/** From the start to the solution, each button pressed in the given way. */
async function toTheSolution(
  page: Page,
  files: string[],
  press: (control: Locator) => Promise<void>,
): Promise<void> {
  await press(button(page, 'Check'));
  // The first check of a lab starts the threads that it needs.
  await expect(failed(page)).toBeVisible({ timeout: 20_000 });
  await expect(checkpoint(page).getByText('Expected', { exact: true })).toBeVisible();
  await press(button(page, 'Another hint'));
  await press(button(page, 'Another hint'));
  await expect(checkpoint(page).getByText('Hint 3:')).toBeVisible();
  await press(button(page, 'Show the solution'));
  await expect(checkpoint(page).locator('ins').first()).toBeVisible();
  for (const file of files) {
    const apply = checkpoint(page)
      .locator('.lab-solution-file')
      .filter({ hasText: file })
      .getByRole('button', { name: 'Apply to my file' });
    // A file that the solution leaves as it is has nothing to apply.
    if (await apply.isEnabled()) await press(apply);
  }
  await press(button(page, 'Check'));
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });
}

/** Presses Tab, or Shift-Tab where it lies behind, until the control has the focus, then Enter. */
async function byKeyboard(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let presses = 0; presses < 25; presses += 1) {
      if (await control.evaluate((element) => element === document.activeElement))
        return page.keyboard.press('Enter');
      await page.keyboard.press(key);
    }
    if (key === 'Tab')
      for (let presses = 0; presses < 25; presses += 1) await page.keyboard.press('Shift+Tab');
  }
  throw new Error('The keyboard does not come there.');
}

for (const { step, path, files } of ofFiles) {
  test(`${step}: from the start to the solution by keyboard alone`, async ({ page }) => {
    // A fragment is where the keyboard goes on from.
    await page.goto(`${path}#your-turn`);
    await toTheSolution(page, files, (control) => byKeyboard(page, control));
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  for (const { step, path, files } of ofFiles) {
    test(`${step}: from the start to the solution by touch, without sideways scrolling`, async ({ page }) => {
      await page.goto(path);
      await toTheSolution(page, files, (control) => control.tap());
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
  }
});

test('the solution is taken back, and the reader’s own text is there again', async ({ page }) => {
  await page.goto(pathOf('server-file'));
  await button(page, 'Check').click();
  for (const name of ['Another hint', 'Another hint', 'Show the solution', 'Apply to my file'])
    await button(page, name).click();
  const code = page.locator('lab-code-editor');
  await expect(code).toContainText('reverse()');
  await button(page, 'Undo').click();
  await expect(code).not.toContainText('reverse()');
  await button(page, 'Check').click();
  await expect(failed(page)).toBeVisible();
});

test('what is passed in one tab is passed in another that shows the step', async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto(pathOf('server-file'));
  await expect(checkpoint(other).getByText('Not yet', { exact: true })).toBeVisible();
  await page.goto(pathOf('server-file'));
  await button(page, 'Check').click();
  for (const name of ['Another hint', 'Another hint', 'Show the solution', 'Apply to my file', 'Check'])
    await button(page, name).click();
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });
  await expect(passed(other)).toBeVisible();
});

test('live steps turn green by themselves: the deployment, then the word from the page’s client and from the terminal', async ({
  page,
}) => {
  await page.goto(pathOf('start-server'));
  await checkpoint(page).scrollIntoViewIfNeeded();
  await expect(checkpoint(page)).toContainText('Waits for your deployment.');
  await page.locator('lab-server-editor').getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });

  await page.goto(pathOf('deploy-upgrade'));
  await checkpoint(page).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Deploy', exact: true }).first().click();
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });

  await page.goto(pathOf('test-upgrade'));
  await checkpoint(page).scrollIntoViewIfNeeded();
  const word =
    (await checkpoint(page)
      .getByText(/^hello-[0-9a-f]{8}$/)
      .textContent()) ?? '';
  await runHere(page).click();
  await expectShown(page, 'Welcome to the WebSocket server!');
  await page.keyboard.type(word);
  await page.keyboard.press('Enter');
  await expectShown(page, `Processed message: ${word.toUpperCase()}`);
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });

  await page.goto(pathOf('handshake-handler'));
  await page.locator('lab-gatewayscript-editor').getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(
    page.locator('.lab-outcome').filter({ hasText: /^Deployed in your organization/, visible: true }),
  ).toBeVisible();
  await page.goto(pathOf('test-handshake'));
  await checkpoint(page).scrollIntoViewIfNeeded();
  const second =
    (await checkpoint(page)
      .getByText(/^hello-[0-9a-f]{8}$/)
      .textContent()) ?? '';
  expect(second).not.toBe(word);
  await connect(page);
  await page.getByLabel('Text message').fill(second);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(frames(page).getByText(`Processed message: ${second.toUpperCase()}`)).toBeVisible();
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });
});

test('with the server killed in the middle a check says so, and passes when the server is there again', async ({
  browser,
}) => {
  const environment = { PORT: await keptPort() };
  const lab = await startLab({ environment });
  const page = await browser.newPage({ baseURL: lab.page });
  await page.goto(pathOf('server-file'));
  await button(page, 'Check').click();
  await expect(failed(page)).toBeVisible({ timeout: 20_000 });

  lab.process.kill('SIGKILL');
  await lab.stop();
  await button(page, 'Check').click();
  await expect(checkpoint(page).locator('.lab-problem')).toBeVisible();
  await expect(failed(page), 'what was found before stays').toBeVisible();

  const again = await startLab({ environment });
  try {
    await expect(checkpoint(page).locator('.lab-problem'), 'it recovers by itself').toHaveCount(0, {
      timeout: 20_000,
    });
    for (const name of ['Another hint', 'Another hint', 'Show the solution', 'Apply to my file', 'Check'])
      await button(page, name).click();
    await expect(passed(page)).toBeVisible({ timeout: 20_000 });
  } finally {
    await page.close();
    await again.stop();
  }
});

test('where the browser keeps nothing, checkpoints work all the same', async ({ page }) => {
  await page.addInitScript(() => {
    const refused = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refused });
    Object.defineProperty(window, 'sessionStorage', { get: refused });
  });
  await page.goto(pathOf('server-file'));
  for (const name of [
    'Check',
    'Another hint',
    'Another hint',
    'Show the solution',
    'Apply to my file',
    'Check',
  ])
    await button(page, name).click();
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });

  await page.goto(pathOf('deploy-upgrade'));
  await checkpoint(page).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Deploy', exact: true }).first().click();
  await expect(passed(page)).toBeVisible({ timeout: 20_000 });
});
