import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { countPlaywright, countVitest } from './counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lab-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: object) {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}
const some = () => Math.floor(Math.random() * 50);

it('a unit test file that does not load is a failure', () => {
  const [passed, failed] = [some(), some()];
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ];
  expect(countVitest(report({ numPassedTests: passed, numFailedTests: failed, testResults }))).toEqual({
    passed,
    failed: failed + 1,
    skipped: 0,
  });
});

it('a journey that needed a second try is a failure', () => {
  const [expected, unexpected, flaky, skipped] = [some(), some(), some(), some()];
  expect(countPlaywright(report({ stats: { expected, unexpected, flaky, skipped } }))).toEqual({
    passed: expected,
    failed: unexpected + flaky,
    skipped,
  });
});

it('a runner that left no report has passed nothing', () => {
  for (const count of [countVitest, countPlaywright]) {
    expect(count(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
  }
});
