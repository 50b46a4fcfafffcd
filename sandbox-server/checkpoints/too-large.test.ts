// A file that could not be deployed for its size passes no check.
import { expect, test } from 'vitest';
import { labForChecks, verdictOn } from './examined.fixture.ts';
import { checkpointFolders, textsOf } from './lesson-files.ts';

const lab = labForChecks();
const BYTES = 65_536;

test.each([
  ['a script', 'refuse-without-key'],
  ['a server', 'server-file'],
  ['a client', 'reconnect-with-back-off'],
])('the solution as %s that is larger than the lab takes fails, and is told the limit', async (_, step) => {
  const folder = checkpointFolders().find((each) => each.step === step);
  if (!folder) throw new Error(`there is no step ${step}`);
  const texts = [...textsOf(folder, folder.solution)];
  const large = new Map(texts.map(([file, text]) => [file, `${text}\n// ${'x'.repeat(BYTES)}\n`]));
  const verdict = await verdictOn(lab, step, large);
  expect(verdict.passed).toBe(false);
  expect(verdict.tries.at(-1)?.received).toContain(`the limit is ${BYTES}`);
});
