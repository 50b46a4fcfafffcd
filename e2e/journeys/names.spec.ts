// The reader's own names: typed once, on every page, in what is copied, and nowhere else.
import { randomBytes } from 'node:crypto';
import { countShifts, shiftsOf } from '../lab/layout-shifts.ts';
import { expect, test } from '../lab/test.ts';

const word = () => `n${randomBytes(4).toString('hex')}`;

test('names typed once are in the commands of all pages and in what is copied; nothing of them leaves the browser', async ({
  page,
}) => {
  const names = {
    'Gateway host': `${word()}.example:9443`,
    'Provider organization': word(),
    Catalog: word(),
    'Backend host': `${word()}:8091`,
  };
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await page.goto('/your-names/');
  for (const [label, name] of Object.entries(names)) await page.getByLabel(label).fill(name);
  const { 'Gateway host': gateway, 'Provider organization': organization, Catalog: catalog } = names;
  const url = `wss://${gateway}/${organization}/${catalog}/websocket-upgrade`;
  await expect(page.locator('[data-example]').first()).toHaveText(`websocat -v --insecure ${url}`);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/websocket-upgrade/08-test/');
  const command = page.locator('.expressive-code').filter({ hasText: 'websocat -v' }).first();
  await expect(command.locator('lab-name').first()).toHaveJSProperty('shadowRoot.textContent', gateway);
  await command.hover();
  await command.getByRole('button').click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(`websocat -v --insecure ${url}`);

  await page.goto('/websocket-upgrade/05-target-url/');
  const editor = page.locator('lab-code-editor');
  await expect(editor.locator('lab-name')).toHaveCount(0);
  await editor.getByRole('button', { name: 'Show solution' }).click();
  await editor.getByRole('button', { name: 'Copy for your gateway' }).click();
  await expect(editor.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    `target-url: http://${names['Backend host']}`,
  );
  for (const name of Object.values(names))
    expect(sent.filter((request) => request.includes(name))).toEqual([]);

  await page.goto('/your-names/');
  await page.getByRole('button', { name: 'Back to the lab’s names' }).click();
  await page.goto('/websocket-upgrade/08-test/');
  expect(await page.evaluate(() => document.querySelector('lab-name')?.shadowRoot)).toBeNull();
});

test('a name with a mistake is told in its field and changes nothing', async ({ page }) => {
  await page.goto('/your-names/');
  await page.getByLabel('Gateway host').fill('wss://api.example.com');
  await expect(page.getByText('A host, with its port where it is not 443')).toBeVisible();
  await expect(page.locator('[data-example]').first()).toContainText('localhost:9443');
});

test('names change nothing in the layout after the first paint', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() =>
    localStorage.setItem(
      'lab.names.v1',
      JSON.stringify({
        gateway: 'a-rather-long-name-of-a-gateway.eu-central.example.com:9443',
        organization: 'provider-organization',
      }),
    ),
  );
  await countShifts(page);
  await page.goto('/websocket-upgrade/08-test/', { waitUntil: 'networkidle' });
  expect(await shiftsOf(page)).toEqual([]);
});
