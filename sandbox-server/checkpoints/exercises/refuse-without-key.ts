// Exercise: a handshake without a key is refused with 400, and every other one is answered as before.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';

export const refuseWithoutKey: TrialCheckpoint = {
  step: 'refuse-without-key',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  async check(examination) {
    const { handshake, expect } = examination;
    const refused = await handshake({ headers: { 'Sec-WebSocket-Key': null } });
    expect(refused.status === 400, {
      title: 'A handshake without Sec-WebSocket-Key is refused',
      exchange: refused,
      expected: 'status 400',
      received: `status ${refused.status}`,
      hint: 'A header that is not there reads as undefined. Look for that before you compute anything.',
    });
    await expectAccepted(examination);
  },
};
