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
