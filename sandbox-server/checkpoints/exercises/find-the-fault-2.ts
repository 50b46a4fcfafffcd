// Exercise: all headers of the answer are right, and its status is not.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';
import { expectThrough } from './through.ts';

export const findTheFault2: TrialCheckpoint = {
  step: 'find-the-fault-2',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  async check(examination) {
    await expectThrough(
      examination,
      {},
      'A client',
      'A client reads the status first. Look for what sets it.',
    );
    await expectAccepted(examination);
  },
};
