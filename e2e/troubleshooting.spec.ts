// Every symptom of the troubleshooting pages: one button produces it, the evidence shows it, the mend works, and all can be taken away again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedEvidence } from '../components/symptom/evidence.ts';
import { scenario } from '../components/symptom/scenario.ts';
import { expect, test } from './lab/test.ts';
import { printEvidence, withoutTimes } from './lessons/print-symptom.ts';

const ROOT = new URL('../docs/content/docs/troubleshooting/', import.meta.url).pathname;
const symptoms = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory()
    ? [
        {
          folder: entry.name,
          ...scenario.parse(JSON.parse(readFileSync(join(ROOT, entry.name, 'symptom.json'), 'utf8'))),
        },
      ]
    : [],
);
const patient = { timeout: 20_000 };

for (const { folder, api, broken, mended } of symptoms) {
  test(`${folder}: the button produces it, the evidence shows it, the mend works, and it goes away again`, async ({
    page,
    request,
    lab,
  }) => {
    await page.goto(`/troubleshooting/${folder}/`);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button('Produce it').click();
    await expect(button('Apply the mend')).toBeEnabled(patient);
    for (const text of broken.shows)
      await expect(page.locator('[data-evidence] [data-side="broken"]')).toContainText(text);

    await button('Apply the mend').click();
    await expect(button('Take it away')).toBeEnabled(patient);
    await expect(page.locator('[data-evidence] [data-side="mended"] .lab-wire')).toHaveCount(
      mended.clients.length,
      patient,
    );
    for (const text of mended.shows)
      await expect(page.locator('[data-evidence] [data-side="mended"]')).toContainText(text);

    const recorded = recordedEvidence.parse(
      JSON.parse(readFileSync(join(ROOT, folder, 'evidence.recorded.json'), 'utf8')),
    );
    expect(withoutTimes(await printEvidence(page, lab)), 'recorded evidence is today’s').toEqual(
      withoutTimes(recorded),
    );

    const stored = await page.evaluate(() => localStorage.getItem('lab.sandbox.v1'));
    const { organization, token } = JSON.parse(stored ?? '{}');
    const sandbox = () =>
      request.get(`/api/sandboxes/${organization}`, { headers: { authorization: `Bearer ${token}` } });
    expect(JSON.stringify(await (await sandbox()).json())).toContain(`"${api}"`);
    await button('Take it away').click();
    await expect(button('Produce it')).toBeVisible();
    expect(JSON.stringify(await (await sandbox()).json())).not.toContain(`"${api}"`);
  });
}

test('the index finds the page by the error text in hand, and the sidebar shows where that stands', async ({
  page,
}) => {
  await page.goto('/troubleshooting/');
  const links = page.locator('lab-error-index li:visible a');
  await expect(links).toHaveCount(symptoms.length);
  await page.getByRole('searchbox').fill('the printer is out of paper');
  await expect(links).toHaveCount(0);
  await expect(page.getByText('Nothing fits.')).toBeVisible();
  await page.getByRole('searchbox').fill('error: Unexpected server response: 429');
  await expect(links.first()).toHaveAttribute('href', '/troubleshooting/too-many-requests/');
  await links.first().click();
  await expect(page.locator('.sidebar-content').getByText('429 instead of 101')).toBeInViewport({ ratio: 1 });
});
