// Which tests failed, and how, from the reports of the two test runners: told again at the end of a run, where thousands of lines have passed since.
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { isBroken } from './report.mjs';

/** A message is told up to this many characters: the rest stands where the test ran. */
const MESSAGE_CHARACTERS = 1_500;

/** @typedef {{ name: string, message: string }} Failure `name`: file and test; `message`: its first errors, plain. */

function plain(messages) {
  const text = stripVTControlCharacters(messages.filter(Boolean).join('\n')).trim();
  return text.length > MESSAGE_CHARACTERS ? `${text.slice(0, MESSAGE_CHARACTERS)}…` : text;
}

/**
 * @param {Record<string, unknown>} report of Vitest's `json` reporter
 * @param {string} root
 * @returns {Failure[]} its failed tests, and its files that did not load
 */
export function vitestFailures({ testResults = [] }, root) {
  return testResults.flatMap((result) => {
    const file = relative(root, result.name);
    if (isBroken(result)) return [{ name: file, message: plain([result.message]) }];
    const failed = result.assertionResults.filter((test) => test.status === 'failed');
    return failed.map((test) => ({
      name: `${file} › ${test.fullName}`,
      message: plain(test.failureMessages ?? []),
    }));
  });
}

/**
 * @param {Record<string, unknown>} report of Playwright's `json` reporter
 * @returns {Failure[]} its tests that failed, at last or once, and its errors outside tests
 */
export function playwrightFailures({ suites = [], errors = [] }) {
  const outside = errors.map(({ message }) => ({ name: 'outside a test', message: plain([message]) }));
  return [...outside, ...suites.flatMap((suite) => ofSuite(suite, []))];
}

function ofSuite({ title, suites = [], specs = [] }, above) {
  const titles = [...above, title];
  const own = specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
    .map((spec) => ({
      name: [...titles, spec.title].join(' › '),
      message: plain(
        spec.tests.flatMap(({ results }) =>
          results.flatMap(({ errors = [] }) => errors.map((e) => e.message)),
        ),
      ),
    }));
  return [...own, ...suites.flatMap((suite) => ofSuite(suite, titles))];
}
