// Both hops of every connection, live: from the page and from a terminal, by keys, ten thousand frames, saved and opened again.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import AxeBuilder from '@axe-core/playwright';
import { expect as expectAnywhere, type Locator, type Page, test as testAnywhere } from 'playwright/test';
import { WebSocket } from 'ws';
import { keptPort } from '../lab/kept-port.ts';
import { connect, expectConnected, outcome } from '../lab/lesson-page.ts';
import { type Lab, startLab } from '../lab/server.ts';
import { expect, test } from '../lab/test.ts';
import { wscat } from '../lab/wscat.ts';

const word = () => randomBytes(6).toString('hex');

/** Deploys approach 1 and opens the fold of the next step; gives the panel, and the API's URL on the gateway's own port. */
async function openPanel(page: Page, lab: Lab): Promise<{ panel: Locator; url: string }> {
  await page.goto(`${lab.page}/websocket-upgrade/07-deploy/`);
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  await page.goto(`${lab.page}/websocket-upgrade/08-test/`);
  await page.getByText(/^Both hops:/).click();
  const panel = page.locator('lab-connection-view');
  await expect(panel.getByText(/: live\.$/)).toBeVisible();
  const organization = await page.evaluate(
    () => JSON.parse(localStorage.getItem('lab.sandbox.v1') ?? '{}').organization,
  );
  return { panel, url: new URL(`/${organization}/sandbox/websocket-upgrade`, lab.gateway).href };
}

const connections = (panel: Locator) => panel.getByRole('listbox', { name: /^Connections/ });
const frameList = (panel: Locator) => panel.getByRole('listbox', { name: 'Frames of both hops' });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`connections of the page and of wscat show with heads, policies and frames, and keep WCAG 2.2 AA in ${colorScheme}`, async ({
    page,
    lab,
  }) => {
    await page.emulateMedia({ colorScheme });
    const { panel, url } = await openPanel(page, lab);
    await expect(panel.getByText(/^No connections yet\. Press Connect/)).toBeVisible();
    await connect(page);
    await expectConnected(page);
    const said = word();
    expect(await wscat(url, said)).toContain(said.toUpperCase());
    await expect(connections(panel).getByRole('option')).toHaveText([/terminal/, /browser/]);

    await panel.getByText('The four heads').click();
    const toTarget = panel.getByRole('region', { name: /^2\./ });
    await expect(toTarget.getByRole('listitem').filter({ hasText: 'Sec-WebSocket-Key:' })).toContainText(
      /rewritten.*inferred/s,
    );
    await expect(toTarget.getByRole('listitem').filter({ hasText: 'X-Client-IP:' })).toContainText('added');
    await expect(panel.getByText('context unchanged')).toBeVisible();
    await expect(panel.getByRole('img', { name: /Gateway to target: GET/ })).toBeVisible();

    await panel.getByLabel(/^Search payload/).fill(said);
    // The message, and its answer in capitals.
    await expect(frameList(panel).getByRole('option')).toHaveCount(2);
    await frameList(panel).press('ArrowDown');
    await expect(frameList(panel).getByRole('option', { selected: true })).toContainText(said);
    await expect(panel.getByText('1, as a client must')).toBeVisible();
    await expect(panel.getByLabel('Payload as hex')).toHaveText(
      Buffer.from(said)
        .toString('hex')
        .replaceAll(/..(?=.)/g, '$& '),
    );
    await panel.getByLabel('Opcode').selectOption('close (8)');
    await expect(frameList(panel).getByRole('option')).toHaveCount(0);

    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    await page.setViewportSize({ width: 360, height: 800 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('the panel is walked by keys alone, stands still while paused, and clears', async ({ page, lab }) => {
  const { panel, url } = await openPanel(page, lab);
  const client = new WebSocket(url, { rejectUnauthorized: false });
  await once(client, 'message');
  await wscat(url, word());
  await expect(connections(panel).getByRole('option')).toHaveCount(2);

  await connections(panel).getByRole('option', { selected: true }).focus();
  await page.keyboard.press('ArrowDown');
  const older = connections(panel).getByRole('option', { name: /^#1/ });
  await expect(older).toBeFocused();
  await expect(older).toHaveAttribute('aria-selected', 'true');
  await expect(panel.locator('[data-count]')).toHaveText('1 frame.');

  await panel.getByRole('button', { name: 'Pause' }).press('Enter');
  client.send(word());
  await once(client, 'message');
  await expect(page.getByText(/Processed message|Received message/).first()).toBeVisible();
  await expect(panel.locator('[data-count]')).toHaveText('1 frame.');
  // Nor does a connection come in when the reader walks the list.
  const refused = new WebSocket(`${url}-is-not-there`, { rejectUnauthorized: false });
  await once(refused, 'error');
  await older.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await expect(connections(panel).getByRole('option')).toHaveCount(2);
  await panel.getByRole('button', { name: 'Pause' }).press('Enter');
  await expect(panel.locator('[data-count]')).toHaveText('3 frames.');
  await expect(panel.getByRole('status')).toHaveText(
    /^3 connections\. Shown: number 1, terminal, 101, open, 3/,
  );
  await older.press('Home');
  await expect(
    panel.getByText(/^The gateway answered 404 .*“API not found for requested URI”/),
  ).toBeVisible();
  await expect(panel.getByText(/^Log: No deployed API has a base path/)).toBeVisible();

  await panel.getByRole('button', { name: 'Clear' }).press('Enter');
  await expect(connections(panel).getByRole('option')).toHaveCount(1);
  await expect(panel.locator('[data-count]')).toHaveText('0 frames.');
  client.terminate();
});

// These need a server of their own: one that tells more frames, and one that goes away.
testAnywhere(
  'ten thousand frames are listed, walked, saved, and opened again without a server',
  async ({ page }, info) => {
    testAnywhere.slow();
    const lab = await startLab({
      environment: { EVENT_FRAMES_PER_SECOND: '1000000', EVENT_FRAMES_PER_SECOND_PER_SANDBOX: '1000000' },
    });
    try {
      const { panel, url } = await openPanel(page, lab);
      const client = new WebSocket(url, { rejectUnauthorized: false });
      await once(client, 'message');
      const last = word();
      for (let n = 1; n < 5_000; n += 1) client.send(`message ${n}`);
      client.send(last);
      const count = panel.locator('[data-count]');
      await expectAnywhere(count).toHaveText('10001 frames.', { timeout: 40_000 });

      const list = frameList(panel);
      const rows = list.getByRole('option');
      expectAnywhere(await rows.count()).toBeLessThan(60);
      await list.press('Home');
      await expectAnywhere(list.getByRole('option', { selected: true })).toContainText('Welcome');
      await list.press('End');
      await expectAnywhere(list.getByRole('option', { selected: true })).toContainText(last.toUpperCase());
      await expectAnywhere(list.getByRole('option', { selected: true })).toHaveAttribute(
        'aria-posinset',
        '10001',
      );
      expectAnywhere(await rows.count()).toBeLessThan(60);

      const download = page.waitForEvent('download');
      await panel.getByRole('button', { name: 'Save' }).click();
      const file = info.outputPath('connections.json');
      await (await download).saveAs(file);
      await page.reload();
      await page.getByText(/^Both hops:/).click();
      await expectAnywhere(panel.getByText(/: live\.$/)).toBeVisible();
      await lab.stop();
      await expectAnywhere(panel.getByText(/server does not answer/)).toBeVisible();
      await panel.getByLabel('Saved connections').setInputFiles(file);
      await expectAnywhere(panel.getByText(/^From a file, saved/)).toBeVisible();
      await expectAnywhere(count).toHaveText('10001 frames.');
      await list.press('End');
      await expectAnywhere(list.getByRole('option', { selected: true })).toContainText(last.toUpperCase());

      await panel.getByLabel('Saved connections').setInputFiles({
        name: 'other.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"no": "connections"}'),
      });
      await expectAnywhere(panel.getByRole('alert')).toContainText('holds no connections of the lab');
    } finally {
      await lab.stop();
    }
  },
);

testAnywhere(
  'when the server is away the panel says so, and goes on by itself when it is back',
  async ({ page }, info) => {
    testAnywhere.slow();
    const dataFolder = info.outputPath('data');
    const environment = { PORT: await keptPort() };
    const first = await startLab({ dataFolder, environment });
    const { panel } = await openPanel(page, first);
    await first.stop();
    await expectAnywhere(panel.getByText(/server does not answer/)).toBeVisible();
    const second = await startLab({ dataFolder, environment });
    try {
      await expectAnywhere(panel.getByText(/: live\.$/)).toBeVisible({ timeout: 30_000 });
      await connect(page);
      await expectAnywhere(connections(panel).getByRole('option')).toHaveText([/browser.*101, open/s]);
    } finally {
      await second.stop();
    }
  },
);
