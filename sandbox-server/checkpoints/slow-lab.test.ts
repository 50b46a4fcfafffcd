// In a lab that is late, deadlines within a learner's own file are kept as in any other: the time of a check is the lab's.
import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { labForChecks, verdictOn } from './examined.fixture.ts';
import { checkpointFolders, textsOf } from './lesson-files.ts';

const lab = labForChecks({ CHECK_MS: '60000' });

/** Longer than the shortest deadline in any solution, 300 ms, and than a pause that a client is to keep. */
const STAND_MS = 350;
/** Between two stands, and how many there are. */
const GO_MS = 300;
const STANDS = 6;
/** Milliseconds that a test may take on a busy machine. */
const PATIENCE_MS = 60_000;

/** This process stands still again and again while the work goes on. */
async function whileItStands<Result>(work: () => Promise<Result>): Promise<Result> {
  let left = STANDS;
  const standing = setInterval(() => {
    const until = performance.now() + STAND_MS;
    while (performance.now() < until);
    left -= 1;
    if (left === 0) clearInterval(standing);
  }, GO_MS);
  return await work().finally(() => clearInterval(standing));
}

function folderOf(step: string) {
  const folder = checkpointFolders().find((each) => each.step === step);
  if (!folder) throw new Error(`there is no step ${step}`);
  return folder;
}

const timed = ['dead-peers', 'reconnect-with-back-off'].map(folderOf);

test(
  'right answers with deadlines of their own pass, several at once',
  async () => {
    const verdicts = await whileItStands(() =>
      Promise.all(timed.map((folder) => verdictOn(lab, folder.step, textsOf(folder, folder.solution)))),
    );
    for (const verdict of verdicts) expect(verdict).toMatchObject({ passed: true, hint: null });
  },
  PATIENCE_MS,
);

test(
  'wrong ones fail',
  async () => {
    const verdicts = await whileItStands(() =>
      Promise.all(timed.map((folder) => verdictOn(lab, folder.step, textsOf(folder, folder.start)))),
    );
    for (const verdict of verdicts) expect(verdict.passed).toBe(false);
  },
  PATIENCE_MS,
);
