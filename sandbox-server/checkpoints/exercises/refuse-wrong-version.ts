// Exercise: any version but 13 is refused with 426, and the refusal says which version would do (RFC 6455 §4.2.2, §4.4).
import { randomInt } from 'node:crypto';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';
import { expectRefused } from './refused.ts';

export const refuseWrongVersion: TrialCheckpoint = {
  step: 'refuse-wrong-version',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  async check(examination) {
    // Of the field's 0 to 255: an older one, a later one, and one that begins with the digits of the right one.
    for (const version of [`${randomInt(13)}`, `${randomInt(14, 130)}`, `${randomInt(130, 140)}`, null]) {
      const refused = await expectRefused(
        examination,
        { headers: { 'Sec-WebSocket-Version': version } },
        {
          what: version === null ? 'A handshake without a version' : `A handshake of version ${version}`,
          status: 426,
          hint: 'Read Sec-WebSocket-Version. It is a text, and only the text 13 is right.',
        },
      );
      const offered = refused.header('Sec-WebSocket-Version');
      examination.expect(offered === '13', {
        title: 'The refusal says which version would do',
        exchange: refused,
        expected: 'Sec-WebSocket-Version: 13',
        received: `Sec-WebSocket-Version: ${offered ?? '(not there)'}`,
        hint: 'Set message.headers.Sec-WebSocket-Version beside the status 426.',
      });
    }
    await expectAccepted(examination, {}, 'A handshake of version 13');
  },
};
