// What a reader writes is never lost: not by a reload, a reset, or a server that went away.

import { keptPort } from '../lab/kept-port.ts';
import { openEditor, outcome } from '../lab/lesson-page.ts';
import { startLab } from '../lab/server.ts';
import { expect, test } from '../lab/test.ts';

const PAGE = '/gatewayscript/02-handshake-handler/';

test('edits survive a reload; Reset brings the start back and can be undone', async ({ page }) => {
  await page.goto(PAGE);
  const editor = page.locator('lab-gatewayscript-editor');
  const note = `// note ${Math.random()}`;
  await openEditor(page, 'handler.js');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText(`${note}\n`);
  await expect(editor.getByText(note)).toBeVisible();

  await page.reload();
  await expect(editor.getByText(note)).toBeVisible();
  await editor.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(editor.getByText(note)).toBeHidden();
  await editor.getByRole('button', { name: 'Undo reset' }).click();
  await expect(editor.getByText(note)).toBeVisible();
});

test('where storage is refused the page works all the same', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await page.goto(PAGE);
  await page.locator('lab-gatewayscript-editor').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(outcome(page, /The script completed\. The client gets 101/)).toBeVisible();
});

test('with the server away Run says so and keeps the script; when it is back, Run works', async ({
  page,
}) => {
  const environment = { PORT: await keptPort() };
  let lab = await startLab({ environment });
  try {
    await page.goto(`${lab.page}${PAGE}`);
    const editor = page.locator('lab-gatewayscript-editor');
    const run = editor.getByRole('button', { name: 'Run', exact: true });
    const note = `// note ${Math.random()}`;
    await openEditor(page, 'handler.js');
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.insertText(`${note}\n`);

    await lab.stop();
    await run.click();
    await expect(editor.getByText(/server .*(away|not answer|reach)/i).first()).toBeVisible();
    await expect(editor.getByText(note)).toBeVisible();

    lab = await startLab({ environment });
    await run.click();
    await expect(outcome(editor, /The script completed\. The client gets 101/)).toBeVisible();
  } finally {
    await lab.stop();
  }
});
