// Exercise: the gateway asks at an address where nobody listens.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectThrough } from './through.ts';

export const findTheFault3: TrialCheckpoint = {
  step: 'find-the-fault-3',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition' },
  check: (examination) =>
    expectThrough(
      examination,
      {},
      'A client',
      'The client is not at fault: follow the request behind the gateway.',
    ),
};
