import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { playwrightFailures, vitestFailures } from './failures.mjs';
import { readReport } from './report.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lab-failures-'));
afterAll(() => rmSync(folder, { recursive: true }));
const word = () => Math.random().toString(36).slice(2);

it('names the unit test that failed with its file, and says how, from a report that Vitest wrote', {
  timeout: 60_000,
}, () => {
  const [passes, fails, message, broken] = [word(), word(), word(), word()];
  writeFileSync(
    join(folder, 'a.test.mjs'),
    `test('${passes}', () => {});
     test('${fails}', () => { throw new Error('${message}'); });`,
  );
  writeFileSync(join(folder, 'b.test.mjs'), `throw new Error('${broken}');`);
  const report = join(folder, 'report.json');
  const vitest = join(process.cwd(), 'node_modules', 'vitest', 'vitest.mjs');
  spawnSync(
    process.execPath,
    [vitest, 'run', '--root', folder, '--globals', '--reporter=json', `--outputFile=${report}`],
    { cwd: process.cwd(), stdio: 'ignore' },
  );
  const failures = vitestFailures(readReport(report), folder);
  expect(failures.map(({ name }) => name).sort()).toEqual([`a.test.mjs › ${fails}`, 'b.test.mjs']);
  expect(failures.find(({ name }) => name.startsWith('a'))?.message).toContain(message);
  expect(failures.find(({ name }) => name.startsWith('b'))?.message).toContain(broken);
});

it('names the journey that failed or needed a second try, with the titles around it and a plain message', () => {
  const [file, group, once, never, outside] = [word(), word(), word(), word(), word()];
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
  const spec = (title: string, status: string, message?: string) => ({
    title,
    tests: [{ status, results: [{ errors: message ? [{ message }] : [] }, { errors: [] }] }],
  });
  const report = {
    errors: [{ message: outside }],
    suites: [
      {
        title: file,
        specs: [spec('passes', 'expected')],
        suites: [
          { title: group, specs: [spec('flaky', 'flaky', red(once)), spec('fails', 'unexpected', never)] },
        ],
      },
    ],
  };
  expect(playwrightFailures(report)).toEqual([
    { name: 'outside a test', message: outside },
    { name: `${file} › ${group} › flaky`, message: once },
    { name: `${file} › ${group} › fails`, message: never },
  ]);
});

it('a message without end is cut', () => {
  const [failure] = playwrightFailures({ errors: [{ message: word().repeat(1_000) }] });
  expect(failure?.message.length).toBeLessThan(2_000);
  expect(failure?.message.endsWith('…')).toBe(true);
});

it('a runner that left no report has named nothing', () => {
  const nothing = readReport(join(folder, 'none.json'));
  expect([...vitestFailures(nothing, folder), ...playwrightFailures(nothing)]).toEqual([]);
});
