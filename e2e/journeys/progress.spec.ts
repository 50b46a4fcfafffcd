// A reader's progress: kept by the browser alone, under the step's id, on every page at once.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { countShifts, shiftsOf } from '../lab/layout-shifts.ts';
import { expect, test } from '../lab/test.ts';

const FIRST = {
  path: '/websocket-upgrade/05-target-url/',
  step: 'target-url',
  title: 'Set the target URL',
};
const SECOND = {
  path: '/gatewayscript/02-handshake-handler/',
  step: 'handshake-handler',
  title: 'Answer the handshake',
};

/** As a checkpoint does it: from an element of the page. */
async function pass(page: Page, { path, step }: typeof FIRST): Promise<void> {
  await page.goto(path);
  await page.evaluate((step) => {
    document
      .querySelector('main h1')
      ?.dispatchEvent(
        new CustomEvent('lab-step-passed', { bubbles: true, composed: true, detail: { step } }),
      );
  }, step);
}

const row = (page: Page, { step }: typeof FIRST) => page.locator(`li[data-lab-step="${step}"]`);
const sidebarLink = (page: Page, { path }: typeof FIRST) =>
  page.locator(`#starlight__sidebar a[href="${path}"]`);
const said = (page: Page) => page.locator('lab-progress-tools [role=status]');

test('what was passed is marked at once and after a reload, in the sidebar, on the map and in an open tab; nothing is sent', async ({
  page,
  context,
}) => {
  const map = await context.newPage();
  await map.goto('/all-steps/');
  await expect(row(map, FIRST)).toContainText('Not yet');
  const sent: string[] = [];
  page.on('request', (request) =>
    sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`),
  );

  await pass(page, FIRST);
  await expect(sidebarLink(page, FIRST)).toHaveAccessibleName(/\(passed\)$/);
  await expect(row(map, FIRST)).toContainText('Passed');
  await expect(map.getByText('1 of 8 passed')).toBeVisible();
  await page.reload();
  await expect(sidebarLink(page, FIRST)).toHaveAccessibleName(/\(passed\)$/);
  await expect(sidebarLink(page, SECOND)).not.toHaveAccessibleName(/passed/);
  // The step's id is in the path of its page, and in nothing else that leaves the browser.
  expect(sent.filter((request) => request.replaceAll(FIRST.path, '').includes(FIRST.step))).toEqual([]);
  expect(sent.filter((request) => !request.startsWith('GET '))).toEqual([]);
});

test('the landing page and the map lead back to the step that was open last, and to the place on it', async ({
  page,
}) => {
  await page.goto('/');
  const link = page.getByRole('link', { name: /^(Start|Continue): / });
  await expect(link).toHaveAccessibleName(/^Start: Install ws/);
  await page.goto(SECOND.path);
  const heading = page.locator('.sl-markdown-content h2[id]').last();
  // The last of a page cannot come up as far as the others.
  await heading.evaluate((element) => {
    document.body.style.paddingBottom = '100vh';
    element.scrollIntoView();
  });
  const id = await heading.getAttribute('id');
  for (const path of ['/', '/all-steps/']) {
    await page.goto(path);
    await expect(link).toHaveAccessibleName(new RegExp(`^Continue: ${SECOND.title}`));
  }
  await expect(row(page, SECOND)).toContainText('Now');
  await link.click();
  await expect(page).toHaveURL(new RegExp(`${SECOND.path}#${id}$`));
  await expect(heading).toBeInViewport();
});

test('a page that was renamed is found by its step', async ({ page }) => {
  // As a lab would have it in which the page has another path: what is kept names none.
  await pass(page, FIRST);
  await page.goto(SECOND.path);
  expect(await page.evaluate(() => localStorage.getItem('lab.progress'))).not.toContain(
    SECOND.path.slice(1, -1),
  );
  await page.route('**/all-steps/', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    delete headers['content-security-policy'];
    await route.fulfill({
      response,
      headers,
      body: (await response.text()).replaceAll(SECOND.path, '/moved/renamed/'),
    });
  });
  await page.goto('/all-steps/');
  await expect(row(page, FIRST)).toContainText('Passed');
  await expect(page.getByRole('link', { name: /^Continue: / })).toHaveAttribute(
    'href',
    /^\/moved\/renamed\//,
  );
});

test('saved, forgotten, brought back, forgotten again and opened: a passed step is passed', async ({
  page,
}) => {
  await pass(page, FIRST);
  await pass(page, SECOND);
  await page.goto('/all-steps/');
  const tool = (name: string) => page.getByRole('button', { name });
  const download = page.waitForEvent('download');
  await tool('Save as a file').click();
  const text = await readFile(await (await download).path(), 'utf8');
  await tool('Forget my progress').click();
  await expect(row(page, FIRST)).toContainText('Not yet');
  await expect(sidebarLink(page, FIRST)).not.toHaveAccessibleName(/passed/);
  expect(await page.evaluate(() => localStorage.getItem('lab.progress'))).toBeNull();
  await tool('Bring it back').click();
  await expect(row(page, FIRST)).toContainText('Passed');
  await tool('Forget my progress').click();

  await pass(page, FIRST);
  await page.goto('/all-steps/');
  const open = (name: string, body: string) =>
    page
      .getByLabel('Saved progress')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(body) });
  await open('shopping.json', '{"milk": 2}');
  await expect(said(page)).toHaveText('shopping.json was not opened. It holds no progress of this lab.');
  await open(
    'mine.json',
    text.replace('"passed": {', '"passed": {"of-long-ago": "2020-01-01T00:00:00.000Z",'),
  );
  await expect(said(page)).toHaveText(
    /Of 2 passed steps in the file, 1 is new here\. No page here has of-long-ago/,
  );
  await expect(row(page, SECOND)).toContainText('Passed');
});

test('a text that cannot be read is told and kept aside until it is discarded', async ({ page }) => {
  await page.goto('/all-steps/');
  const newer = '{"format": "apiconnect-websocket-lab/progress", "version": 9, "medals": 3}';
  await page.evaluate((text) => localStorage.setItem('lab.progress', text), newer);
  await pass(page, FIRST);
  await page.goto('/all-steps/');
  await expect(row(page, FIRST)).toContainText('Passed');
  await expect(page.getByText(/could not be read\. It has the version 9/)).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('lab.progress.aside'))).toBe(newer);
  await page.getByRole('button', { name: 'Discard it' }).click();
  await expect(page.getByText(/could not be read/)).toHaveCount(0);
});

test.describe('where the browser has no storage', () => {
  test('the pages work, the passed step is marked as long as its page is open, and the map says so', async ({
    page,
  }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        configurable: true,
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    });
    await pass(page, FIRST);
    await expect(sidebarLink(page, FIRST)).toHaveAccessibleName(/\(passed\)$/);
    await page.goto('/all-steps/');
    await expect(said(page)).toContainText('This browser keeps nothing for this site');
    await expect(row(page, FIRST)).toContainText('Not yet');
    await page.goto('/');
    await expect(page.getByRole('link', { name: /^Start: Install ws/ })).toBeVisible();
    expect(errors).toEqual([]);
  });
});

for (const viewport of [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
]) {
  test(`at ${viewport.width} px progress moves nothing, and nothing scrolls sideways`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await pass(page, FIRST);
    await pass(page, SECOND);
    await countShifts(page);
    for (const path of ['/', '/all-steps/', FIRST.path]) {
      await page.goto(path, { waitUntil: 'networkidle' });
      expect(await shiftsOf(page), path).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
    if (viewport.width < 800) await page.getByRole('button', { name: 'Menu' }).click();
    await expect(sidebarLink(page, FIRST)).toBeVisible();
    await expect(sidebarLink(page, FIRST)).toHaveAccessibleName(/\(passed\)$/);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the map is a list of all steps, and claims nothing', async ({ page }) => {
    await page.goto('/all-steps/');
    await expect(page.getByText('8 steps', { exact: true })).toBeVisible();
    await expect(row(page, FIRST).getByRole('link', { name: FIRST.title })).toBeVisible();
    await expect(page.getByText('Not yet')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Forget my progress' })).toBeHidden();
  });
});
