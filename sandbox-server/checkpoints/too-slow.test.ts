// A lab that is too slow says so, and tells nobody that the own files are wrong.
import { expect, test, vi } from 'vitest';
import type { TrialCheckpoint } from './checkpoint.ts';
import { labForChecks, verdictOn } from './examined.fixture.ts';
import { knownGood, knownGoodFiles } from './known-good.ts';
import { checkpointFolders, textsOf } from './lesson-files.ts';
import { LabTooSlow } from './pace.ts';

// Nothing is answered within a millisecond: that is a lab which is always too slow.
const slow = labForChecks({ CHECK_SLOW_MS: '1' });
const hurried = labForChecks({ CHECK_MS: '1' });

const waitsInVain: TrialCheckpoint = {
  ...knownGood,
  async check({ connect, expect: holds }) {
    const socket = await connect();
    const answer = await socket.next(600);
    holds(answer !== null, { title: 'it', exchange: socket, expected: 'it', received: '', hint: 'It.' });
  },
};

test('what fails by waiting, in a lab that is slow, is no verdict', async () => {
  await expect(slow.examiner.examineFiles(waitsInVain, knownGoodFiles)).rejects.toThrow(LabTooSlow);
});

test('what fails without waiting, or passes, is a verdict all the same', async () => {
  const folder = checkpointFolders().find(({ step }) => step === 'refuse-without-key');
  if (!folder) throw new Error('there is no such step');
  expect((await verdictOn(slow, folder.step, new Map([['handler.js', 'var = 1;']]))).passed).toBe(false);
  expect((await verdictOn(slow, folder.step, textsOf(folder, folder.solution))).passed).toBe(true);
});

test('files that are not up within the time of a check are the lab’s matter, and nothing of them stays', async () => {
  await expect(hurried.examiner.examineFiles(knownGood, knownGoodFiles)).rejects.toThrow(LabTooSlow);
  await vi.waitFor(() => expect(hurried.servers.stats().servers).toBe(0), 20_000);
});
