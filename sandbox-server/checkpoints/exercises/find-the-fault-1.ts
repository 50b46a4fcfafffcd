// Exercise: the accept value is made of the wrong bytes.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';
import { expectThrough } from './through.ts';

export const findTheFault1: TrialCheckpoint = {
  step: 'find-the-fault-1',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  async check(examination) {
    await expectAccepted(examination);
    await expectThrough(
      examination,
      {},
      'A strict client, ws,',
      'Compare its word on the answer with the trace above.',
    );
  },
};
