// A word of the glossary opens its definition beside it: by key, by touch, without JavaScript, and nothing moves.
import AxeBuilder from '@axe-core/playwright';
import { termOf } from '../../docs/glossary/terms.ts';
import { expect, test } from '../lab/test.ts';

const PAGE = '/gatewayscript/02-handshake-handler/';
const { text } = termOf('handshake');

test('by keyboard a term opens, leads to the glossary, and Escape closes it', async ({ page }) => {
  await page.goto(PAGE);
  const term = page.getByRole('button', { name: 'handshake', exact: true });
  const definition = page.locator('#term-handshake');
  const place = await term.boundingBox();
  await term.focus();
  await page.keyboard.press('Enter');
  await expect(definition).toBeVisible();
  await expect(definition).toContainText(text);
  expect(await term.boundingBox(), 'nothing moves').toEqual(place);
  const { violations } = await new AxeBuilder({ page }).include('#term-handshake').analyze();
  expect(violations).toEqual([]);

  await page.keyboard.press('Escape');
  await expect(definition).toBeHidden();
  await expect(term).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(definition.getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary');
  await expect(page.locator('#handshake')).toBeInViewport();
});

test('on a phone without JavaScript a term opens at a touch, inside the screen, and closes at the next', async ({
  browser,
  lab,
}) => {
  const phone = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    javaScriptEnabled: false,
  });
  const page = await phone.newPage();
  await page.goto(`${lab.page}${PAGE}`);
  await page.getByRole('button', { name: 'handshake', exact: true }).tap();
  const definition = page.locator('#term-handshake');
  await expect(definition).toBeInViewport({ ratio: 1 });
  await page.locator('h1').tap();
  await expect(definition).toBeHidden();
  await phone.close();
});
