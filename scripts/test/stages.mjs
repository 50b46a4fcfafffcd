// The stages of `npm test` in order, and the closing line that counts over all of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOrInstallChromium } from '../setup/chromium.mjs';
import { buildSite } from '../setup/site.mjs';
import { countPlaywright, countVitest } from './counts.mjs';
import { playwrightFailures, vitestFailures } from './failures.mjs';
import { readReport } from './report.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const reports = mkdtempSync(join(tmpdir(), 'lab-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
/** What is told again at the end; so many, so that the end of the output holds them. */
const RETOLD = 20;
const failures = [];

function add(name, count) {
  for (const key of Object.keys(total)) total[key] += count[key];
  console.log(`— ${name}: ${count.passed} passed, ${count.failed} failed`);
}

function headline(name) {
  console.log(`\n═ ${name}`);
}

function run(bin, args, env = {}) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status === 0;
}

/** A stage that either holds or does not: it counts as one test. */
function check(name, holds) {
  headline(name);
  const passed = holds();
  add(name, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  if (!passed) failures.push({ name, message: 'its output stands above' });
  return passed;
}

/** A stage whose runner writes a report that says how many tests ran. A runner that failed outside its tests counts as one more failure. */
function suite(name, { count: countReport, failures: failuresOf }, start) {
  headline(name);
  const file = join(reports, `${name}.json`);
  const passed = start(file);
  const report = readReport(file);
  const count = countReport(report);
  const failed = failuresOf(report, root);
  if (!passed && count.failed === 0) {
    count.failed = 1;
    failed.push({ name, message: 'the runner failed outside its tests; its output stands above' });
  }
  add(name, count);
  failures.push(...failed);
}

// Astro makes the types of the content collections; `tsc` then sees the server, the components and the tests as well.
check('types', () => run('astro/bin/astro.mjs', ['check']) && run('typescript/bin/tsc', ['--noEmit']));
check('lint', () => run('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']));
suite('unit tests', { count: countVitest, failures: vitestFailures }, (report) =>
  run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]),
);
const built = check('build', () => buildSite(root, process.execPath));
if (built) {
  const chromium = await findOrInstallChromium(root, process.execPath).catch((error) =>
    console.error(error.message),
  );
  suite(
    'end-to-end tests',
    { count: countPlaywright, failures: playwrightFailures },
    (report) =>
      Boolean(chromium) &&
      run('playwright/cli.js', ['test', '--reporter=list,json'], {
        CHROMIUM: chromium,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      }),
  );
} else {
  add('end-to-end tests (there is no site to test)', { passed: 0, failed: 1, skipped: 0 });
}

rmSync(reports, { recursive: true, force: true });
if (failures.length > 0) headline('what failed');
for (const { name, message } of failures.slice(0, RETOLD)) console.log(`\n✗ ${name}\n${message}`);
if (failures.length > RETOLD) console.log(`\n… and ${failures.length - RETOLD} more`);
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
