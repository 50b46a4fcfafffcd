import { expect, it } from 'vitest';
import { countPlaywright, countVitest } from './counts.mjs';

const some = () => Math.floor(Math.random() * 50);

it('a unit test file that does not load is a failure, and one whose tests pass but not what is around them', () => {
  const [passed, failed] = [some(), some()];
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ];
  expect(countVitest({ numPassedTests: passed, numFailedTests: failed, testResults })).toEqual({
    passed,
    failed: failed + 2,
    skipped: 0,
  });
});

it('a journey that needed a second try is a failure', () => {
  const [expected, unexpected, flaky, skipped] = [some(), some(), some(), some()];
  expect(countPlaywright({ stats: { expected, unexpected, flaky, skipped } })).toEqual({
    passed: expected,
    failed: unexpected + flaky,
    skipped,
  });
});

it('a runner that left no report has passed nothing', () => {
  for (const count of [countVitest, countPlaywright]) {
    expect(count({})).toEqual({ passed: 0, failed: 0, skipped: 0 });
  }
});
