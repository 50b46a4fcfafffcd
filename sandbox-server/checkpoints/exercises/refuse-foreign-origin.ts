// Exercise: a browser on a page of somebody else's is refused with 403 (RFC 6455 §10.2); own pages and clients without an Origin pass.
import { randomBytes } from 'node:crypto';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';
import { expectRefused } from './refused.ts';

/** Said to the reader in the task, and in the file. */
const OWN = ['https://shop.example', 'https://admin.shop.example'];

export const refuseForeignOrigin: TrialCheckpoint = {
  step: 'refuse-foreign-origin',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  async check(examination) {
    const word = randomBytes(4).toString('hex');
    const refuse = (origin: string, what: string, hint: string) =>
      expectRefused(
        examination,
        { headers: { Origin: origin } },
        { what: `${what}, ${origin},`, status: 403, hint },
      );

    await refuse(
      `https://${word}.example`,
      'A foreign origin',
      'Read request.headers.Origin, and look whether it is in the list.',
    );
    for (const origin of OWN)
      await expectAccepted(examination, { headers: { Origin: origin } }, `The origin ${origin}`);
    await expectAccepted(examination, {}, 'A client without an Origin');

    const whole =
      'Compare the whole origin with each of the list: whoever asks chooses what stands before and behind.';
    await refuse(`https://shop.example.${word}.test`, 'An origin that begins like one of the list', whole);
    await refuse(`https://${word}-shop.example`, 'An origin that ends like one of the list', whole);
    await refuse(`https://${word}.shop.example`, 'A subdomain that is not in the list', whole);
    await refuse(
      'http://shop.example',
      'The same host without TLS',
      'An origin is scheme, host and port: http and https are two.',
    );
    await refuse(
      'null',
      'The origin of a sandboxed page',
      'A browser that hides its origin sends the text null. That is not the same as no Origin.',
    );
  },
};
