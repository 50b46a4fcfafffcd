// The gateway's switches: one that is off stops a right definition, the log says why, and on again it works.
import { connect, expectConnected, outcome } from '../lab/lesson-page.ts';
import { expect, test } from '../lab/test.ts';

test('WebSocket upgrade off: the client is refused and the log says why; back to the defaults it connects', async ({
  page,
}) => {
  await page.goto('/websocket-upgrade/07-deploy/');
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();

  await page.goto('/gateway-switches/');
  const upgrade = page.getByRole('switch', { name: 'Handler: WebSocket upgrade' });
  await expect(upgrade).toBeChecked();
  await upgrade.uncheck();
  await expect(page.getByText(/^Switched, in your organization/)).toBeVisible();

  await page.goto('/websocket-upgrade/08-test/');
  await connect(page);
  await expect(page.getByText(/The gateway answered 426/).first()).toBeVisible();
  await expect(page.getByText(/WebSocket upgrade is off/).first()).toBeVisible();

  await page.goto('/gateway-switches/');
  await expect(upgrade).not.toBeChecked();
  await page.getByRole('button', { name: 'Back to the defaults' }).press('Enter');
  await expect(upgrade).toBeChecked();
  await page.goto('/websocket-upgrade/08-test/');
  await connect(page);
  await expectConnected(page);
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
