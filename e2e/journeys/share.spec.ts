// A link carries one reader's work to another, who is told so before anything of it runs.
import { randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Locator, Page } from 'playwright/test';
import { outcome } from '../lab/lesson-page.ts';
import { expect, test } from '../lab/test.ts';

const word = () => randomBytes(6).toString('hex');
const forged = (content: string, version = 1) =>
  `/playground/#share=${version}.${deflateRawSync(content).toString('base64url')}`;
const heldBy = (link: string) =>
  inflateRawSync(Buffer.from(/#share=1\.([\w-]+)$/.exec(link)?.[1] ?? '', 'base64url')).toString('utf8');

const notice = (page: Page) => page.getByRole('region', { name: 'Work from a link' });
const script = (page: Page) => page.locator('lab-gatewayscript-editor');
const definition = (page: Page) => page.locator('lab-api-definition-editor');

/** Presses Copy link of this editor; gives what is on the clipboard. */
async function copyLink(editor: Locator): Promise<string> {
  await editor.page().context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await editor.getByRole('button', { name: 'Copy link' }).click();
  await expect(editor.getByText('Link copied.')).toBeVisible();
  return editor.page().evaluate(() => navigator.clipboard.readText());
}

/** Opens the playground with a script of the reader's own, kept from an earlier visit. */
async function openWithOwn(page: Page, text: string, lab = ''): Promise<void> {
  await page.goto(`${lab}/playground/`);
  await page.evaluate((own) => localStorage.setItem('lab.edit.v1.playground/script', own), text);
  await page.reload();
  await expect(script(page).getByText(text.slice(0, 20))).toBeVisible();
}

/** What the page asks that changes or runs something, and whatever carries a fragment to a server. */
function watchDeeds(page: Page): string[] {
  const deeds: string[] = [];
  page.on('request', (request) => {
    const told = `${request.url()} ${JSON.stringify(request.headers())}`;
    if (request.method() !== 'GET' || told.includes('share=')) deeds.push(`${request.method()} ${told}`);
  });
  page.on('websocket', (socket) => deeds.push(socket.url()));
  return deeds;
}

test('a link opens in another browser: nothing has run, mine is kept, and there is a way back', async ({
  page,
  browser,
  baseURL,
}) => {
  const [theirs, mine] = [`// theirs ${word()}`, `// mine ${word()}`];
  await openWithOwn(page, theirs);
  const link = await copyLink(script(page));
  expect(link).toMatch(new RegExp(`^${baseURL}/playground/#share=1\\.`));
  expect(Object.keys(JSON.parse(heldBy(link)))).toEqual(['script', 'request', 'definition', 'server']);

  // Whichever editor it is copied from, it is the whole page.
  expect(JSON.parse(heldBy(await copyLink(definition(page)))).script).toBe(theirs);

  const context = await browser.newContext();
  const other = await context.newPage();
  await openWithOwn(other, mine, baseURL);

  const deeds = watchDeeds(other);
  await other.goto('about:blank');
  await other.goto(link);
  await expect(notice(other)).toContainText('Somebody else’s work, from a link');
  await expect(notice(other)).toContainText(
    /a script \(\d+ bytes\), a request .*, an API definition .* and a server/,
  );
  await expect(script(other).getByText(mine)).toBeVisible();

  await notice(other).getByRole('button', { name: 'Keep mine' }).click();
  await expect(notice(other)).toBeHidden();
  expect(new URL(other.url()).hash).toBe('');
  await other.reload();
  await expect(script(other).getByText(mine)).toBeVisible();

  // This time put into the address of the open page, and opened by keyboard.
  await other.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await notice(other).getByRole('button', { name: 'Open it' }).press('Enter');
  await expect(script(other).getByText(theirs)).toBeVisible();
  await expect(script(other).getByText(mine)).toBeHidden();
  await expect(notice(other)).toContainText('This is somebody else’s work, from a link');
  await expect(notice(other)).toBeFocused();
  await other.reload();
  await expect(script(other).getByText(theirs)).toBeVisible();
  await notice(other).getByRole('button', { name: 'Back to mine' }).click();
  await expect(script(other).getByText(mine)).toBeVisible();
  await expect(notice(other)).toBeHidden();
  await other.reload();
  await expect(script(other).getByText(mine)).toBeVisible();
  await expect(notice(other)).toBeHidden();
  expect(deeds).toEqual([]);
  await context.close();
});

test('what was opened and changed says so; what the reader keeps is theirs, and runs when they press Run', async ({
  page,
}) => {
  const theirs = `context.set('message.headers.X-T', '${word()}');`;
  await page.goto(forged(JSON.stringify({ script: theirs })));
  await notice(page).getByRole('button', { name: 'Open it' }).click();
  await expect(script(page).getByText(theirs)).toBeVisible();
  await script(page).getByRole('button', { name: 'Reset', exact: true }).click();
  await script(page).getByRole('button', { name: 'Undo reset' }).click();
  await expect(notice(page)).toContainText('From a link, and changed since');
  await page.reload();
  await expect(notice(page)).toContainText('From a link, and changed since');
  await notice(page).getByRole('button', { name: 'Keep this, drop mine' }).click();
  await expect(notice(page)).toBeHidden();
  await page.reload();
  await expect(script(page).getByText(theirs)).toBeVisible();
  await expect(notice(page)).toBeHidden();
  await script(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(outcome(script(page), /The script completed/)).toBeVisible();
  await expect(script(page).getByRole('group', { name: 'Response' })).toContainText('X-T: ');
});

test('a second link takes the place of the first, and the way back leads to the reader’s own', async ({
  page,
}) => {
  const [mine, first, second, server] = [
    `// mine ${word()}`,
    `// 1 ${word()}`,
    `// 2 ${word()}`,
    `// s ${word()}`,
  ];
  await openWithOwn(page, mine);
  for (const work of [{ script: first }, { script: second, server }]) {
    await page.goto(forged(JSON.stringify(work)));
    await notice(page).getByRole('button', { name: 'Open it' }).click();
    await expect(script(page).getByText(work.script)).toBeVisible();
  }
  await expect(page.locator('lab-server-editor').getByText(server)).toBeVisible();
  await notice(page).getByRole('button', { name: 'Back to mine' }).click();
  await expect(script(page).getByText(mine)).toBeVisible();
  await expect(page.locator('lab-server-editor').getByText(server)).toBeHidden();
});

test('a broken, cut, newer or swollen link says so, and leaves the reader’s own alone', async ({ page }) => {
  const mine = `// mine ${word()}`;
  await openWithOwn(page, mine);
  const whole = forged(JSON.stringify({ script: word().repeat(20) }));
  for (const [link, sentence] of [
    [whole.slice(0, -9), 'This link is broken'],
    ['/playground/#share=', 'This link is broken'],
    [forged(JSON.stringify({ script: 5 })), 'This link is broken'],
    [forged(`{"script":"${' '.repeat(20_000_000)}"}`), 'This link is broken'],
    [forged('{}', 2), 'made by a newer lab'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(link);
    await expect(notice(page)).toContainText(sentence);
    await expect(notice(page).getByRole('button', { name: 'Open it' })).toBeHidden();
    await expect(script(page).getByText(mine)).toBeVisible();
    await notice(page).getByRole('button', { name: 'Close' }).click();
    await expect(notice(page)).toBeHidden();
    expect(new URL(page.url()).hash).toBe('');
  }
});

test('links of a lesson lead to the playground with its script and definition, without what is the reader’s own', async ({
  page,
}) => {
  const [secret, gateway] = [word(), `${word()}.example.com`];
  await page.goto('/gatewayscript/02-handshake-handler/');
  await page.evaluate(
    (host) => localStorage.setItem('lab.names.v1', JSON.stringify({ gateway: host })),
    gateway,
  );
  await script(page).getByText('Request', { exact: true }).click();
  await script(page)
    .getByLabel('Headers, one a line')
    .fill(`Host: ${gateway}\nAuthorization: Bearer ${secret}\nX-Mine: kept`);
  const held = heldBy(await copyLink(script(page)));
  expect(held).not.toContain(secret);
  expect(held).not.toContain(gateway);
  expect(held).toContain('X-Mine: kept');
  expect(JSON.parse(held).definition).toContain('x-ibm-configuration');

  await page.goto('/websocket-upgrade/07-deploy/');
  const link = await copyLink(definition(page));
  expect(JSON.parse(heldBy(link)).definition).toContain('websocket-upgrade');
  await page.goto(link);
  await notice(page).getByRole('button', { name: 'Open it' }).click();
  await expect(definition(page).getByText('target-url: http://backend:8091')).toBeVisible();
});

test('what is too long for a link says what to do instead', async ({ page }) => {
  await openWithOwn(page, `// ${randomBytes(25_000).toString('base64')}`);
  await script(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(script(page).getByText(/too much for a link/)).toBeVisible();
  await expect(script(page).getByText(/Take it home/)).toBeVisible();
  await expect(script(page).getByRole('textbox', { name: 'Link' })).toBeHidden();
});

test('where storage is refused the link opens all the same, and it is said that mine is kept only here', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  const theirs = `// theirs ${word()}`;
  await page.goto(forged(JSON.stringify({ script: theirs })));
  await expect(notice(page)).toContainText('This browser keeps nothing');
  await notice(page).getByRole('button', { name: 'Open it' }).click();
  await expect(script(page).getByText(theirs)).toBeVisible();
  await notice(page).getByRole('button', { name: 'Back to mine' }).click();
  await expect(script(page).getByText(theirs)).toBeHidden();
});

test('where a page may not copy, the link is there to be taken by hand', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.goto('/playground/');
  await script(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(script(page).getByText('take the link from here')).toBeVisible();
  await expect(script(page).getByRole('textbox', { name: 'Link' })).toHaveValue(/#share=1\./);
});
