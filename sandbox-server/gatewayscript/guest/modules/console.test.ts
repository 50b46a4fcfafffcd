// `require('console')` is the global console.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

test('what it writes is in the log with level and line', async () => {
  const word = randomBytes(6).toString('hex');
  const { console } = await scripts.run(
    `var log = require('console');\n log.notice('found %s', '${word}'); log.options({ category: 'mine' }).error('and again');`,
  );
  expect(console).toEqual([
    { level: 'notice', text: `found ${word}`, line: 2 },
    { level: 'error', text: 'and again', line: 2 },
  ]);
});

test('a level that is not there fails by its name', async () => {
  expect(await scripts.error(`\n require('console').table([1])`)).toMatchObject({
    message: expect.stringMatching(/^console\.table: there is no such member; console has debug, trace/),
    line: 2,
  });
});
