// Reads how many tests ran from the reports of the two test runners.
import { readFileSync } from 'node:fs';

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // No report: the runner did not get that far, and the stage counts the failure.
    return {};
  }
}

/** Counts of Vitest's `json` reporter. A file that failed to load has no test to count, but is a failure. */
export function countVitest(file) {
  const report = readReport(file);
  const broken = (report.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + broken.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/** Counts of Playwright's `json` reporter. A test that passed only on a second try is counted as a failure. */
export function countPlaywright(file) {
  const { stats = {} } = readReport(file);
  return {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    skipped: stats.skipped ?? 0,
  };
}
