// The gateway's switches: one that is off stops a right definition, the log says why, and on again it works.
import { connect, expectConnected, frames, outcome } from '../lab/lesson-page.ts';
import { createSandbox } from '../lab/sandbox.ts';
import { expect, test } from '../lab/test.ts';

test('WebSocket upgrade off: the client is refused and the log says why; back to the defaults it connects', async ({
  page,
}) => {
  await page.goto('/gateway-switches/');
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();

  const upgrade = page.getByRole('switch', { name: 'Handler: WebSocket upgrade' });
  await expect(upgrade).toBeChecked();
  await upgrade.press('Space');
  await expect(page.getByRole('status').filter({ hasText: /^Switched, in your organization/ })).toBeVisible();
  await connect(page);
  await expect(page.getByText(/The gateway answered 426/).first()).toBeVisible();
  await expect(page.getByText(/WebSocket upgrade is off/).first()).toBeVisible();
  await expect(frames(page).getByText('Welcome to the WebSocket server!')).toHaveCount(0);

  await page.reload();
  await expect(upgrade).not.toBeChecked();
  await page.getByRole('button', { name: 'Back to the defaults' }).press('Enter');
  await expect(upgrade).toBeChecked();
  await expect(page.getByRole('status').filter({ hasText: /^Switched/ })).toBeVisible();
  await connect(page);
  await expectConnected(page);
});

test('the first change makes an organization, and a forgotten one is made anew and told', async ({
  page,
}) => {
  await page.goto('/gateway-switches/');
  const textOnly = page.getByRole('switch', { name: 'Text messages only' });
  const said = page.getByRole('status').filter({ hasText: /^Switched/ });
  await textOnly.check();
  await expect(said).toBeVisible();
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('lab.sandbox.v1') ?? '{}');
    localStorage.setItem('lab.sandbox.v1', JSON.stringify({ ...kept, organization: 'never-was' }));
  });
  await page.reload();
  await expect(textOnly).not.toBeChecked();
  await textOnly.check();
  await expect(said).toContainText('so this is a new one');
});

test('an organization that another tab has got brings its own switches', async ({
  page,
  context,
  request,
}) => {
  await page.goto('/gateway-switches/');
  const { organization, token } = await createSandbox(request);
  await request.put(`/api/sandboxes/${organization}/settings`, {
    headers: { authorization: `Bearer ${token}` },
    data: { http2: true },
  });
  const other = await context.newPage();
  await other.goto('/gateway-switches/');
  const record = JSON.stringify({ organization, token, expiresAt: '', apis: [] });
  await other.evaluate((kept) => localStorage.setItem('lab.sandbox.v1', kept), record);
  await expect(page.getByRole('switch', { name: 'Handler: HTTP/2' })).toBeChecked();
});

test('what the server refuses is not shown as switched', async ({ page }) => {
  await page.goto('/gateway-switches/');
  await page.route('**/settings', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '7' },
      json: { error: { code: 'too-many-requests', message: 'Too many.', hint: 'Try again in 7 seconds.' } },
    }),
  );
  const get = page.getByRole('switch', { name: 'Handler: method GET allowed' });
  await get.click();
  await expect(page.getByText('Not switched. Too many. Try again in 7 seconds.')).toBeVisible();
  await expect(get).toBeChecked();
});

test('a number that is none is refused in its field, and nothing is switched', async ({ page }) => {
  await page.goto('/gateway-switches/');
  const idle = page.getByLabel('Handler: WebSocket idle timeout');
  await idle.fill('90000');
  await idle.blur();
  expect(
    await idle.evaluate((field) => field instanceof HTMLInputElement && field.validity.rangeOverflow),
  ).toBe(true);
  await expect(page.getByText(/^Switched/)).toHaveCount(0);
});

test.describe('before any JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the switches show the defaults', async ({ page }) => {
    await page.goto('/gateway-switches/');
    for (const name of ['Handler: HTTP/2', 'Text messages only'])
      await expect(page.getByRole('switch', { name })).not.toBeChecked();
    await expect(page.getByRole('switch', { name: 'Handler: WebSocket upgrade' })).toBeChecked();
  });
});
