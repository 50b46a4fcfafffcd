// Everything on one page: script, request, definition, server and client.
import { randomBytes } from 'node:crypto';
import { connect, expectCapitals, expectConnected, outcome } from '../lab/lesson-page.ts';
import { expect, test } from '../lab/test.ts';

test('the playground runs, deploys, connects, and shows the console of the server', async ({ page }) => {
  await page.goto('/playground/');
  await page.locator('lab-gatewayscript-editor').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(outcome(page, /The script completed\. The client gets 101/)).toBeVisible();
  await page
    .locator('lab-api-definition-editor')
    .getByRole('button', { name: 'Deploy', exact: true })
    .click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  await connect(page);
  await expectConnected(page);
  const word = randomBytes(5).toString('hex');
  await expectCapitals(page, word);
  await expect(page.getByText(`Received message: ${word}`).first()).toBeVisible();
});

test('on a phone all that frames and log tell is in sight, and many frames do not make the page longer', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/playground/');
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  await page.getByRole('button', { name: 'Definition', exact: true }).click();
  await page
    .locator('lab-api-definition-editor')
    .getByRole('button', { name: 'Deploy', exact: true })
    .click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  await page.getByRole('button', { name: 'Client', exact: true }).click();
  await connect(page);
  await expectConnected(page);
  await expectCapitals(page, 'first');
  const before = await height();
  for (let each = 0; each < 10; each += 1)
    await expectCapitals(page, `${randomBytes(30).toString('hex')} ${randomBytes(5).toString('hex')}`);
  expect(await height()).toBe(before);
  const cut = await page
    .locator('lab-websocket-client .lab-scroll')
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(cut).toBe(0);
});
