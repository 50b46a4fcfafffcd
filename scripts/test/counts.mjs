// How many tests ran, from the reports of the two test runners.
import { isBroken } from './report.mjs';

/**
 * Counts of Vitest's `json` reporter. A file that failed otherwise than by a test is a failure too.
 * @param {Record<string, unknown>} report
 */
export function countVitest({ testResults = [], ...report }) {
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + testResults.filter(isBroken).length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/**
 * Counts of Playwright's `json` reporter. A test that passed only on a second try is counted as a failure.
 * @param {Record<string, unknown>} report
 */
export function countPlaywright({ stats = {} }) {
  return {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    skipped: stats.skipped ?? 0,
  };
}
