// The tutorial's commands run in the page, against the reader's own endpoint: by a button, by typing, by touch.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { keptPort } from '../lab/kept-port.ts';
import { outcome } from '../lab/lesson-page.ts';
import { startLab } from '../lab/server.ts';
import { expectShown, expectState, runHere, shown } from '../lab/terminal.ts';
import { expect, test } from '../lab/test.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const word = () => `w${randomBytes(4).toString('hex')}`;

/** Deploys approach 1 as the lesson before does, and comes to its test. */
async function deployAndGoToTest(page: Page): Promise<void> {
  await page.goto('/websocket-upgrade/07-deploy/');
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  await page.goto('/websocket-upgrade/08-test/');
}

test('the tutorial’s websocat command runs by its button: text in, upper case out, Ctrl-D and Ctrl-C', async ({
  page,
}) => {
  await deployAndGoToTest(page);
  await runHere(page).click();
  await expectShown(page, '[INFO  websocat::ws_client_peer] Connected to ws');
  await expectShown(page, 'Welcome to the WebSocket server!');
  const text = word();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expectShown(page, `Processed message: ${text.toUpperCase()}`);
  await page.keyboard.press('Control+d');
  await expectShown(page, 'Both directions finished');
  await expectState(page, /^Ready$/);

  // The same again by the arrow key, and cut off.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expectState(page, /^Running$/);
  await page.keyboard.type(text);
  await page.keyboard.press('Control+c');
  await expectState(page, /ended with 130/);
  // Its connections stand in the same log as all others.
  await expect(page.getByText(/websocket-upgrade/).first()).toBeVisible();
});

test('curl -i, a refused host and a program that is not there are told by typing alone; Tab leaves the terminal', async ({
  page,
}) => {
  await page.goto('/playground/');
  const open = page.getByRole('button', { name: 'Open a terminal' });
  await open.focus();
  await page.keyboard.press('Enter');
  await expectState(page, /^Ready$/);
  await page.keyboard.type('help');
  await page.keyboard.press('Enter');
  await expectShown(page, /wss:\/\/localhost:\d+\/[a-z-]+\/sandbox/);
  const [endpoint = ''] = /wss:\/\/localhost:\d+\/[a-z-]+\/sandbox/.exec(await shown(page)) ?? [];

  await page.keyboard.type('clear');
  await page.keyboard.press('Enter');
  await page.keyboard.type(`curl -i -k ${endpoint.replace('wss', 'https')}/nowhere`);
  await page.keyboard.press('Enter');
  await expectShown(
    page,
    /HTTP\/1\.1 404 Not Found.*API not found for requested URI.*lab: No API of your organization/,
  );

  await page.keyboard.type('websocat -k wss://example.com/x');
  await page.keyboard.press('Enter');
  await expectShown(page, /lab: This terminal reaches your own endpoint only\. example\.com is another host/);
  await expectState(page, /ended with 1\./);
  await page.keyboard.type('ls | wc');
  await page.keyboard.press('Enter');
  await expectShown(page, /has no shell: a pipe means nothing to it/);

  await page.keyboard.press('Tab');
  await expect(page.locator('lab-terminal :focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('lab-terminal :focus')).toHaveCount(1);
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('lab-terminal').getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('lab-terminal')).toHaveCount(0);
  await expect(open).toBeFocused();
});

test('a line is edited at the prompt, also one that is longer than the screen, or than anybody meant', async ({
  page,
}) => {
  await page.goto('/playground/');
  await page.getByRole('button', { name: 'Open a terminal' }).click();
  await expectState(page, /^Ready$/);
  const long = 'x'.repeat(150);
  await page.keyboard.type(`elp ${long}`);
  await page.keyboard.press('Home');
  await page.keyboard.type('h');
  await page.keyboard.press('End');
  await page.keyboard.type('z');
  await expectShown(page, `$ help ${long}z`);
  // A whole file is pasted by mistake: the page lives, and the line is cut.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('y'.repeat(100_000)));
  await page.keyboard.press('ControlOrMeta+v');
  await expectShown(page, /y{500} *$/);
  await page.keyboard.press('Control+u');
  await page.keyboard.type('hepl');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('lp');
  await page.keyboard.press('Enter');
  await expectShown(page, /\$ help.*The programs here run/);
});

test('written with the reader’s own names, a command means the reader’s endpoint here', async ({ page }) => {
  const names = { gateway: `${word()}.example`, organization: word() };
  await page.addInitScript((kept) => localStorage.setItem('lab.names.v1', JSON.stringify(kept)), names);
  await deployAndGoToTest(page);
  await runHere(page).click();
  await expectShown(page, 'Welcome to the WebSocket server!');
  await page.keyboard.press('Control+c');
  await expectState(page, /ended with 130/);
  await page.keyboard.type(
    `websocat -k wss://${names.gateway}/${names.organization}/sandbox/websocket-upgrade`,
  );
  await page.keyboard.press('Enter');
  await expectShown(page, /lab: Your names stand for your organization here/);
  await expectState(page, /^Running$/);
});

test.describe('on a touch device', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test('a field takes the lines, and buttons are Ctrl-C and Ctrl-D', async ({ page }) => {
    await deployAndGoToTest(page);
    await runHere(page).click();
    await expectShown(page, 'Welcome to the WebSocket server!');
    const text = word();
    const terminal = page.locator('lab-terminal');
    await terminal.getByLabel('Line for the program').fill(text);
    await terminal.getByRole('button', { name: 'Send' }).click();
    await expectShown(page, `Processed message: ${text.toUpperCase()}`);
    await terminal.getByRole('button', { name: 'Ctrl-D' }).click();
    await expectState(page, /^Ready$/);
    await terminal.getByLabel('Command').fill('nonsense');
    await terminal.getByRole('button', { name: 'Send' }).click();
    await expectShown(page, 'nonsense: command not found');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an open terminal keeps WCAG 2.2 AA in ${colorScheme}, also for screen readers`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await deployAndGoToTest(page);
    await runHere(page).click();
    await expectShown(page, 'Welcome to the WebSocket server!');
    for (const reader of [false, true]) {
      if (reader) await page.getByRole('button', { name: 'Screen reader' }).click();
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
    }
    await expect(page.locator('lab-terminal .xterm-accessibility')).toHaveCount(1);
  });
}

test('a terminal whose lab has stopped says so, and is ready again by itself when the lab is back', async ({
  page,
}) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lab-terminal-'));
  const environment = { PORT: await keptPort() };
  const first = await startLab({ dataFolder, environment });
  await page.goto(`${first.page}/playground/`);
  await page.getByRole('button', { name: 'Open a terminal' }).click();
  await expectState(page, /^Ready$/);
  await page.keyboard.type('node websocket_server.js');
  await page.keyboard.press('Enter');
  await expectShown(page, 'on port 8091');
  await first.stop();
  await expectState(page, /server is away/);
  await expectShown(page, 'lab: The connection to the lab’s server is gone, and the program with it.');
  const again = await startLab({ dataFolder, environment });
  await expectState(page, /^Ready/);
  await page.keyboard.type('help');
  await page.keyboard.press('Enter');
  await expectShown(page, 'The programs here run');
  await again.stop();
  rmSync(dataFolder, { recursive: true });
});
