// Exercise: a handshake without a key is refused with 400, and every other one is answered as before.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';
import { expectRefused } from './refused.ts';

export const refuseWithoutKey: TrialCheckpoint = {
  step: 'refuse-without-key',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  async check(examination) {
    await expectRefused(
      examination,
      { headers: { 'Sec-WebSocket-Key': null } },
      {
        what: 'A handshake without Sec-WebSocket-Key',
        status: 400,
        hint: 'A header that is not there reads as undefined. Look for that before you compute anything.',
      },
    );
    await expectAccepted(examination);
  },
};
