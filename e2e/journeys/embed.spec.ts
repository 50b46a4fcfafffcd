// A script that runs in a page of another site, where the operator allows it.
import { randomBytes } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { type ForeignPage, openForeignPage } from '../lab/foreign-page.ts';
import { keptPort } from '../lab/kept-port.ts';
import { outcome } from '../lab/lesson-page.ts';
import { type Lab, startLab } from '../lab/server.ts';
import { expect, test } from '../lab/test.ts';

const word = () => randomBytes(6).toString('hex');
const run = (sandbox: Locator) => sandbox.getByRole('button', { name: 'Run', exact: true });
const field = (sandbox: Locator) => sandbox.getByRole('textbox');
const loader = (lab: Pick<Lab, 'page'>) => `<script type="module" src="${lab.page}/embed.js"></script>`;

let foreign: ForeignPage;
test.beforeEach(async () => {
  foreign = await openForeignPage();
});
test.afterEach(() => foreign.close());

/** A lab that lets the foreign page run scripts, while the journey lasts. */
async function withLab(
  environment: Record<string, string>,
  journey: (lab: Lab) => Promise<void>,
): Promise<void> {
  const lab = await startLab({ environment: { EMBED_ORIGINS: foreign.origin, ...environment } });
  try {
    await journey(lab);
  } finally {
    await lab.stop();
  }
}

/** Rules by which a page would tear an element apart that does not keep to itself. */
const HOSTILE = `<style>
  html { font-size: 4px; }
  * { letter-spacing: 1em; text-transform: uppercase; color: red !important; line-height: 9; visibility: visible; }
  textarea, button, pre, p, table, .lab-widget, .lab-result { display: none !important; }
  gatewayscript-sandbox { --lab-text: red; --lab-surface: red; text-align: right; font-size: 40px; }
</style>`;

test('two scripts run in a page of another site, whose style does not reach them', async ({ page }) => {
  const [one, two] = [word(), word()];
  await withLab({}, async (lab) => {
    foreign.show(`<title>Blog</title>${HOSTILE}<main><h1>Blog</h1>
      <gatewayscript-sandbox file="one.js" request="GET /a HTTP/1.1
X-One: ${one}" properties='{"two": "${two}"}'>
        <script type="text/plain">
          if (1 < 2 && 2 > 1) {
            context.set('message.headers.X-Both', context.get('request.headers.X-One') + context.get('api.properties.two'));
          }
        </script>
      </gatewayscript-sandbox>
      <gatewayscript-sandbox file="two.js">var a;

throw new Error('${two}');</gatewayscript-sandbox></main>${loader(lab)}`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(foreign.origin);
    const [first, second] = [
      page.locator('gatewayscript-sandbox').first(),
      page.locator('gatewayscript-sandbox').last(),
    ];

    // The indent of the markup is no part of the script.
    await expect(field(first)).toHaveValue(/^if \(1 < 2 && 2 > 1\) \{\n {2}context/);
    await run(first).click();
    await expect(outcome(first, /The script completed\. The client gets 200 OK/)).toBeVisible();
    await expect(first.getByLabel('Response')).toContainText(`X-Both: ${one}${two}`);
    await expect(second.locator('.lab-outcome')).toHaveCount(0);

    await field(second).press('ControlOrMeta+Enter');
    await expect(outcome(second, /threw an error at line 3/)).toBeVisible();
    await expect(second.getByText(two).first()).toBeVisible();
    await second.getByRole('button', { name: 'Go to line 3' }).press('Enter');
    await expect(field(second)).toBeFocused();
    expect(
      await field(second).evaluate((area: HTMLTextAreaElement) =>
        area.value.slice(area.selectionStart, area.selectionEnd),
      ),
    ).toBe(`throw new Error('${two}');`);

    const look = await run(first).evaluate((button) => {
      const { fontSize, textTransform, letterSpacing, color } = getComputedStyle(button);
      return { fontSize, textTransform, letterSpacing, color };
    });
    expect(look).toEqual({
      fontSize: '14px',
      textTransform: 'none',
      letterSpacing: 'normal',
      color: 'rgb(255, 255, 255)',
    });
    // Small: neither the editor nor anything else of the lab's pages comes along.
    expect(asked.filter((url) => url.startsWith(lab.page) && url.endsWith('.js'))).toHaveLength(2);
    const { violations } = await new AxeBuilder({ page })
      .include('gatewayscript-sandbox')
      .disableRules(['color-contrast'])
      .analyze();
    expect(violations).toEqual([]);
  });
});

test('in light and dark its text stands out, whatever the page', async ({ page }) => {
  await withLab({}, async (lab) => {
    foreign.show(
      `<title>Blog</title><main><h1>Blog</h1><gatewayscript-sandbox>throw 1</gatewayscript-sandbox></main>${loader(lab)}`,
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(foreign.origin);
      const sandbox = page.locator('gatewayscript-sandbox');
      await run(sandbox).click();
      await expect(outcome(sandbox, /threw/)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('gatewayscript-sandbox').analyze();
      expect(violations, colorScheme).toEqual([]);
    }
  });
});

test('a reader changes the script, resets it, and opens it in the lab, which says that it comes from a link', async ({
  page,
}) => {
  const own = `console.log('${word()}');`;
  await withLab({}, async (lab) => {
    foreign.show(`<title>Blog</title>${loader(lab)}<main></main>`);
    await page.goto(foreign.origin);
    // As a framework does: the element first, its text later.
    await page.evaluate(() => {
      const element = document.createElement('gatewayscript-sandbox');
      document.querySelector('main')?.append(element);
      setTimeout(() => element.append('var late = 1;'));
    });
    const sandbox = page.locator('gatewayscript-sandbox');
    await expect(field(sandbox)).toHaveValue('var late = 1;');
    await field(sandbox).fill(own);
    await sandbox.getByRole('button', { name: 'Reset' }).click();
    await expect(field(sandbox)).toHaveValue('var late = 1;');
    await field(sandbox).fill(own);
    const link = sandbox.getByRole('link', { name: 'Open in the lab' });
    await expect(link).toHaveAttribute('href', /#share=1\./);
    const opened = page.waitForEvent('popup');
    await link.click();
    const playground = await opened;
    await playground.waitForLoadState('networkidle');
    await expect(playground.getByRole('region', { name: 'Work from a link' })).toContainText('a script (');
    await playground.getByRole('button', { name: 'Open it' }).click();
    await expect(playground.locator('lab-gatewayscript-editor').getByText(own)).toBeVisible();
  });
});

test('a busy lab says when to come again; one that has gone says so, and works again when it is back', async ({
  page,
}) => {
  const PORT = await keptPort();
  await withLab({ PORT, EMBED_RUNS_PER_MINUTE: '1' }, async (lab) => {
    foreign.show(
      `<title>Blog</title><gatewayscript-sandbox>var a = 1;</gatewayscript-sandbox>${loader(lab)}`,
    );
    await page.goto(foreign.origin);
    const sandbox = page.locator('gatewayscript-sandbox');
    await run(sandbox).click();
    await expect(outcome(sandbox, /The script completed/)).toBeVisible();
    await run(sandbox).click();
    await expect(sandbox.getByText(/Too many runs from pages of other sites/).first()).toBeVisible();
    await expect(sandbox.getByText(/You can try again in \d+ s/)).toBeVisible();
  });
  const sandbox = page.locator('gatewayscript-sandbox');
  await run(sandbox).click();
  await expect(outcome(sandbox, /does not answer/)).toBeVisible();
  await withLab({ PORT }, async () => {
    await run(sandbox).click();
    await expect(outcome(sandbox, /The script completed/)).toBeVisible();
  });
});

test('by default no page of another site runs anything, and its readers learn who can change that', async ({
  page,
  lab,
}) => {
  foreign.show(`<title>Blog</title><gatewayscript-sandbox>var a = 1;</gatewayscript-sandbox>${loader(lab)}`);
  const answered: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/api/runs') && response.request().method() === 'POST')
      answered.push(response.status());
  });
  await page.goto(foreign.origin);
  const sandbox = page.locator('gatewayscript-sandbox');
  await run(sandbox).click();
  await expect(outcome(sandbox, /does not run scripts for this page/)).toBeVisible();
  await expect(sandbox.getByText(/EMBED_ORIGINS/)).toBeVisible();
  expect(answered).toEqual([]);
});

test('the page about it has the lines with this lab’s address, and the example runs there', async ({
  page,
  baseURL,
}: {
  page: Page;
  baseURL?: string | undefined;
}) => {
  await page.goto('/embed/');
  await expect(page.locator('[data-embed-lines]')).toContainText(`src="${baseURL}/embed.js"`);
  const sandbox = page.locator('gatewayscript-sandbox');
  await run(sandbox).click();
  await expect(sandbox.getByLabel('Response')).toContainText('X-Greeting: Hello, Ada');
});
