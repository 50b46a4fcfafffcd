// A reader goes through approach 2, breaks the handshake, is told why, and mends it.
import { randomBytes } from 'node:crypto';
import { brokenGuid, lessonFile } from '../lab/lesson.ts';
import {
  connect,
  expectCapitals,
  expectConnected,
  goNext,
  openEditor,
  outcome,
  replaceAll,
} from '../lab/lesson-page.ts';
import { expect, test } from '../lab/test.ts';

const handler = lessonFile('gatewayscript/02-handshake-handler/handler.js');

test('a broken GUID: the run names the rule, the browser refuses, the page says why; mended, it answers', async ({
  page,
}) => {
  await page.goto('/gatewayscript/01-create-api/');
  await goNext(page, 'Answer the handshake');
  const editor = page.locator('lab-gatewayscript-editor');
  const deployed = outcome(editor, /^Deployed in your organization/);

  await openEditor(page, 'handler.js');
  await replaceAll(page, brokenGuid(handler));
  await editor.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(outcome(editor, /breaks one rule of RFC 6455/)).toBeVisible();
  await expect(editor.getByText(/Sec-WebSocket-Accept is \S{27}=\. Expected: \S{27}=/)).toBeVisible();
  await editor.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(deployed).toBeVisible();

  await goNext(page, 'Test the connection');
  const client = page.locator('lab-websocket-client');
  await connect(page);
  await expect(client.getByText('Not connected: the handshake failed.').first()).toBeVisible();
  await expect(client.getByText(/breaks a rule of RFC 6455, so the browser refused it/)).toBeVisible();
  await expect(client.getByText(/Sec-WebSocket-Accept is \S{27}=\. Expected: \S{27}=/).first()).toBeVisible();

  await page.getByRole('link', { name: /^Previous/ }).click();
  await expect(editor.getByText(/C5AB0DC85B12/), 'the edit has survived').toBeVisible();
  await editor.getByRole('button', { name: 'Reset', exact: true }).click();
  await editor.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(deployed).toBeVisible();

  await goNext(page, 'Test the connection');
  await connect(page);
  await expectConnected(page);
  await expectCapitals(page, randomBytes(5).toString('hex'));

  await client.getByLabel('Close code').fill('4001');
  await client.getByLabel('Close reason').fill('enough');
  await client.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(client.getByText(/Closed with 4001 \(enough\)/).first()).toBeVisible();
});

test('a script that throws is marked at its line as long as it stands there, and the outcome comes into view', async ({
  page,
}) => {
  await page.goto('/gatewayscript/02-handshake-handler/');
  const editor = page.locator('lab-gatewayscript-editor');
  await openEditor(page, 'handler.js');
  await replaceAll(page, "const a = 1;\n\nJSON.parse('null').b = a;\n");
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(outcome(editor, /threw an error at line 3\. The client gets 500/)).toBeInViewport();
  await expect(editor.locator('.squiggly-error')).toHaveCount(1);
  await editor.getByRole('button', { name: 'Go to line 3' }).first().click();
  await expect(editor.getByRole('textbox', { name: /handler\.js/ })).toBeFocused();
  await editor.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(editor.locator('.squiggly-error')).toHaveCount(0);
});
