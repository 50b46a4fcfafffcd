// A reader goes through approach 1 from the welcome page to a reply in capitals.
import { randomBytes } from 'node:crypto';
import { lessonFile } from '../lab/lesson.ts';
import {
  connect,
  expectCapitals,
  expectConnected,
  goNext,
  openEditor,
  outcome,
  typeBelow,
} from '../lab/lesson-page.ts';
import { expect, test } from '../lab/test.ts';

/** Where this stands in the definition of a step; lines count from 1. */
function lineOf(step: string, text: string): number {
  const lines = lessonFile(`websocket-upgrade/${step}/websocket-upgrade.yaml`).split('\n');
  return lines.findIndex((line) => line.trim() === text) + 1;
}

test('the welcome page sends a word through the gateway and shows the reply', async ({ page }) => {
  const word = randomBytes(5).toString('hex');
  await page.goto('/');
  await page.getByLabel('Your word').fill(word);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText(`Processed message: ${word.toUpperCase()}`)).toBeVisible();
});

test('where no gateway answers, the welcome page says so and shows the recorded reply', async ({ page }) => {
  await page.routeWebSocket(/websocket-upgrade/, (socket) => socket.close());
  await page.goto('/');
  await page.getByLabel('Your word').fill(randomBytes(5).toString('hex'));
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText(/Is the lab’s server running\? Recorded reply to hello:/)).toBeVisible();
  await expect(page.getByText('Processed message: HELLO')).toBeVisible();
});

test('approach 1, step by step: the definition is refused, mended twice, deployed, and answers', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: /Start approach 1/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Install ws');
  await goNext(page, 'Write the server');
  await expect(page.getByText('websocket_server.js').first()).toBeVisible();
  await goNext(page, 'Start the server');
  await goNext(page, 'Create an API with the policy');

  const deploy = page.getByRole('button', { name: 'Deploy', exact: true });
  await deploy.click();
  await expect(
    page
      .locator('.lab-result')
      .getByText(/target-url/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await expect(outcome(page, /not deployed/i)).toBeVisible();

  await goNext(page, 'Set the target URL');
  await openEditor(page, 'websocket-upgrade.yaml');
  await typeBelow(
    page,
    lineOf('04-create-api', 'title: websocket-upgrade'),
    'target-url: http://backend:8091',
  );
  await deploy.click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  await expect(
    page
      .locator('.lab-result')
      .getByText(/lacks|wss/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();

  await goNext(page, 'Include the wss scheme');
  await openEditor(page, 'websocket-upgrade.yaml');
  await typeBelow(page, lineOf('05-target-url', '- https'), '- wss');
  await deploy.click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();

  await goNext(page, 'Deploy the API');
  await deploy.click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  await expect(
    page.getByText(/^wss:\/\/localhost:\d+\/[a-z]+-[a-z]+\/sandbox\/websocket-upgrade/).first(),
  ).toBeVisible();

  await goNext(page, 'Test with websocat');
  await connect(page);
  await expectConnected(page);
  await expectCapitals(page, randomBytes(5).toString('hex'));
});
