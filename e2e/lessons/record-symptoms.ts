// Produces and mends every symptom in a browser, and keeps the evidence beside its page. Wants a built site.
import { readdirSync } from 'node:fs';
import { chromium } from 'playwright';
import { findOrInstallChromium, launchOptions } from '../../scripts/setup/chromium.mjs';
import type { LabUrls } from './print.ts';
import { printEvidence } from './print-symptom.ts';

const FOLDER = new URL('../../docs/content/docs/troubleshooting/', import.meta.url).pathname;
const ROOT = new URL('../../', import.meta.url).pathname;

export async function recordSymptoms(
  lab: LabUrls,
  write: (folder: string, file: string, printed: unknown) => void,
): Promise<void> {
  const executablePath = await findOrInstallChromium(ROOT, process.execPath);
  const browser = await chromium.launch({ ...launchOptions, executablePath });
  try {
    for (const entry of readdirSync(FOLDER, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const page = await browser.newPage();
      await page.goto(`${lab.page}/troubleshooting/${entry.name}/`);
      await page.getByRole('button', { name: 'Produce it' }).click();
      await page.getByRole('button', { name: 'Apply the mend' }).click();
      await page.getByText('Mended; the new evidence is below.').waitFor({ state: 'attached' });
      write(`${FOLDER}${entry.name}`, 'evidence.recorded.json', await printEvidence(page, lab));
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
