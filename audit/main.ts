// `npm run audit`: the built product, in the browser of the tests; every number that was promised, met or missed.
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startLab } from '../bench/lab-server.ts';
import { findOrInstallChromium } from '../scripts/setup/chromium.mjs';
import { buildSite, siteIsCurrent } from '../scripts/setup/site.mjs';
import { auditAnswers } from './answers.ts';
import { auditPages } from './pages.ts';
import { auditScrolling } from './scrolling.ts';
import { type Measured, told } from './verdict.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const load = () => `load average ${(loadavg()[0] ?? 0).toFixed(1)}`;

if (!siteIsCurrent(root) && !buildSite(root, process.execPath)) process.exit(1);
const chromium = await findOrInstallChromium(root, process.execPath);
// So many frames at once would not all be told.
const lab = await startLab({
  EVENT_FRAMES_PER_SECOND: '1000000',
  EVENT_FRAMES_PER_SECOND_PER_SANDBOX: '1000000',
});
let missed = 0;

function tell(headline: string, numbers: readonly Measured[]): void {
  console.log(`\n${headline}`);
  for (const number of numbers) console.log(told(number));
  missed += numbers.filter(({ met }) => !met).length;
}

try {
  console.log(`Node ${process.version}, ${load()}`);
  await auditPages(lab.page, chromium, tell);
  await auditAnswers(lab.page, chromium, tell);
  await auditScrolling(lab.page, lab.tlsPort, chromium, tell);
} finally {
  await lab.close();
}
console.log(
  `\n${missed === 0 ? 'All met' : `${missed} MISSED`}; ${load()}: while others work, times are longer.`,
);
process.exit(missed === 0 ? 0 : 1);
