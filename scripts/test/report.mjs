// The report that a test runner leaves behind.
import { readFileSync } from 'node:fs';

/** The parsed report; empty when there is none: the runner did not get that far, and the stage counts the failure. */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** A unit test file that failed otherwise than by a test: it did not load, or what it does around its tests failed. */
export function isBroken({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}
