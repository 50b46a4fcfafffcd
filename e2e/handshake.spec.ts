// The handshake explained: a byte changes and all is told at once, without any server; and the browser's verdicts are the browser's.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { chromium } from '../components/handshake-explained/clients/chromium.ts';
import { offerOf } from '../components/handshake-explained/clients/offer.ts';
import { headsOfFragment } from '../components/handshake-explained/fragment.ts';
import { keyOf } from '../components/handshake-explained/heads/head-rules.ts';
import { bytesOf } from '../components/handshake-explained/heads/head-text.ts';
import { parseHead } from '../components/handshake-explained/heads/parse-head.ts';
import { PRESETS, START } from '../components/handshake-explained/presets.ts';
import { acceptValue } from '../sandbox-server/gateway/handshake/accept.ts';
import { expect, test } from './lab/test.ts';

const summary = (page: Page) => page.locator('[data-summary]');
const marked = (page: Page) => page.locator('.lab-head-line.lab-is-bad');
const verdict = (page: Page, name: string) =>
  page.locator('.lab-verdict').filter({ has: page.getByText(name, { exact: true }) });

test('a byte changes, and line, rule, verdicts and address tell it at once', async ({ page }) => {
  await page.goto('/handshake/');
  await expect(summary(page)).toHaveText('Every rule is kept: browser, ws and websocat open.');
  const response = page.getByLabel('Response head');
  const right = await response.inputValue();
  // From the end, up over the empty line and the accept value, into "Connection: Upgrade".
  await response.focus();
  await page.keyboard.press('ControlOrMeta+End');
  for (let up = 0; up < 3; up++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await page.keyboard.press('Delete');
  await expect(response).toHaveValue(right.replace('Connection', 'onnection'));
  await expect(summary(page)).toHaveText('One rule breaks: websocat opens, browser and ws refuse.');
  await expect(page.getByRole('status')).toHaveText(/^One rule breaks/);
  await expect(verdict(page, 'ws')).toContainText('Unexpected server response: 101');
  await expect(verdict(page, 'browser')).toContainText("'Connection' header is missing");
  await expect(page.getByText('There is no Connection. Expected: Upgrade.')).toBeVisible();
  await expect(marked(page)).toHaveText('↵');

  await page.getByRole('button', { name: 'Response, line 5' }).press('Enter');
  await expect(response).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('Connection: Upgrade');
  await page.keyboard.press('Enter');
  await expect(response).toHaveValue(/\nConnection: Upgrade↵\n↵\n$/);
  await expect(summary(page)).toHaveText(/^Every rule is kept/);

  const text = await response.inputValue();
  const linked = () => headsOfFragment(new URL(page.url()).hash.slice(1))?.response;
  await expect.poll(linked).toBe(bytesOf(text));
  await page.reload();
  await expect(response).toHaveValue(text);
  await page.getByRole('button', { name: 'Back to the start' }).press('Enter');
  await expect(response).toHaveValue(right);
  await expect(page).not.toHaveURL(/#/);
});

test('a CR taken out leaves a bare LF, a paste keeps its lines, and what is no byte is sent as UTF-8', async ({
  page,
}) => {
  await page.goto('/handshake/#status-200');
  const response = page.getByLabel('Response head');
  await expect(response).toHaveValue(/^HTTP\/1\.1 200 OK↵\n/);
  await response.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await expect(page.getByText('Line 1 ends in LF alone.')).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('HTTP/1.1 101 €\nUpgrade: websocket\r\n\r\n'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(response).toHaveValue('HTTP/1.1 101 â⟨82⟩¬↵\nUpgrade: websocket↵\n↵\n');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a broken handshake keeps WCAG 2.2 AA on a phone in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 900 });
    await page.goto('/handshake/#wrong-accept');
    await expect(summary(page)).toHaveText('One rule breaks: browser, ws and websocat refuse.');
    await page.getByLabel('Request head').pressSequentially('x'.repeat(80));
    await expect(marked(page).first()).toBeVisible();
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await new AxeBuilder({ page })
      .include('lab-handshake-explained')
      .withTags(tags)
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('a fresh key goes through every step to the accept value of the response', async ({ page }) => {
  await page.goto('/handshake/');
  const request = page.getByLabel('Request head');
  const before = await request.inputValue();
  await page.getByRole('button', { name: 'Fresh key' }).click();
  await expect(request).not.toHaveValue(before);
  const key = /^Sec-WebSocket-Key: (.*)↵$/m.exec(await request.inputValue())?.[1] ?? '';
  expect(await page.getByLabel('Response head').inputValue()).toContain(`: ${acceptValue(key)}↵`);
  await expect(page.locator('.lab-steps')).toContainText(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  await expect(summary(page)).toHaveText(/^Every rule is kept/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the right handshake stands as a picture, with its steps and verdicts', async ({ page }) => {
    await page.goto('/handshake/');
    await expect(page.getByRole('group', { name: 'Request head' })).toContainText('Sec-WebSocket-Key');
    await expect(page.getByText(acceptValue('dGhlIHNhbXBsZSBub25jZQ==')).first()).toBeVisible();
    await expect(verdict(page, 'websocat')).toContainText('Connected to ws');
    await expect(page.locator('lab-handshake-explained').getByRole('button')).toHaveCount(0);
  });
});

test.describe('the real browser', () => {
  const ACCEPT = acceptValue(keyOf(parseHead(START.request, 'request')) ?? '');
  const field = (line: string) => START.response.replace('Connection', `${line}\r\nConnection`);
  const answers: [name: string, response: string, protocols?: string[]][] = [
    ...PRESETS.filter(({ heads }) => heads.response !== START.response).map(
      ({ id, heads }): [string, string] => [id, heads.response],
    ),
    ['right', START.response],
    ['unanswered', START.response, ['chat']],
    ['another', field('Sec-WebSocket-Protocol: mqtt'), ['chat', 'soap']],
    ['401', START.response.replace('101', '401')],
    ['window', field('Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=7')],
    ['no value', field('Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits')],
    ['407', START.response.replace('101', '407')],
    ['UTF-8', START.response.replace('websocket', 'websocket\xc3\xa9')],
    ['spaced', field('Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits = 9')],
    ['NUL', field('A: \0')],
    ['folded', START.response.replace('Upgrade: ', 'Upgrade:\r\n ')],
    ['not HTTP', START.response.replace('HTTP', 'HTP')],
  ];
  let server: Server;
  /** What the model says of the answer that was sent; `null` for open. */
  let expected: string | null | undefined;
  let response = '';

  test.beforeAll(async () => {
    server = createServer((socket) => {
      let head = '';
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        head += chunk.toString('latin1');
        if (!head.includes('\r\n\r\n')) return;
        const request = parseHead(head, 'request');
        const bytes = response.replace(ACCEPT, acceptValue(keyOf(request) ?? ''));
        const finding = chromium(offerOf(request), bytes);
        expected =
          finding === 'waits'
            ? 'Error during WebSocket handshake: net::ERR_CONNECTION_CLOSED'
            : (finding?.says ?? null);
        head = '';
        socket.end(Buffer.from(bytes, 'latin1'));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  test.afterAll(() => server.close());

  for (const [name, bytes, protocols = []] of answers) {
    test(`says to "${name}" what the page says`, async ({ page }) => {
      const address = server.address();
      if (typeof address !== 'object' || !address) throw new Error('The server does not listen.');
      await page.goto('/healthz');
      response = bytes;
      expected = undefined;
      const failed = / failed: (.*)$/s;
      const said = page
        .waitForEvent('console', (message) => failed.test(message.text()))
        .then((message) => failed.exec(message.text())?.[1] ?? '');
      const opened = await page.evaluate(
        ([url, offered]) =>
          new Promise<boolean>((resolve) => {
            const socket = new WebSocket(url, offered);
            socket.onopen = () => resolve(true);
            socket.onclose = () => resolve(false);
          }),
        [`ws://127.0.0.1:${address.port}/`, protocols] as const,
      );
      said.catch(() => {});
      const told = opened ? null : await said;
      expect(told).toBe(expected);
    });
  }
});
