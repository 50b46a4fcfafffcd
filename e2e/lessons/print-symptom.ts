// Prints the evidence of a symptom as its page shows it, in the fixed form that recorded evidence has.
import type { Page } from 'playwright/test';
import { z } from 'zod';
import { recordedEvidence } from '../../components/symptom/evidence.ts';
import { type LabUrls, withFixedNames } from './print.ts';

/** What the page of the symptom has seen by now, both sides. */
export async function printEvidence(page: Page, lab: LabUrls) {
  const { evidence, organization } = await page.evaluate(() => ({
    evidence: JSON.stringify(Reflect.get(document.querySelector('lab-symptom') ?? {}, 'evidence')),
    organization: JSON.parse(localStorage.getItem('lab.sandbox.v1') ?? '{}').organization,
  }));
  const fixed = withFixedNames(evidence, lab, z.string().parse(organization))
    .replaceAll(new URL(lab.gateway).host.replace('localhost', '127.0.0.1'), 'localhost:9443')
    .replaceAll(/(\bdate: )[^"\\]+/gi, '$1Fri, 27 Nov 2026 12:00:00 GMT')
    .replaceAll(/(?<name>X-RateLimit-Reset: |the next interval starts in )\d+/gi, '$<name>3000');
  return recordedEvidence.parse(JSON.parse(fixed));
}

/** A client that gives up with bytes unread resets its connection, or just ends it: that depends on when they came. */
const anyEnd = ({ text, ...line }: { text: string; tone: 'plain' | 'bad' }) =>
  text.startsWith('Resets the connection.')
    ? {
        ...line,
        tone: 'plain',
        text: text.replace('Resets the connection.', 'Ends the connection without a close frame.'),
      }
    : { ...line, text };

/** Without the times of day, which are others each time. */
export function withoutTimes({ broken, mended }: z.infer<typeof recordedEvidence>) {
  const timeless = (side: typeof broken) =>
    side.map(({ log, ...each }) => ({ ...each, log: log.map(({ at: _, ...line }) => anyEnd(line)) }));
  return { broken: timeless(broken), mended: timeless(mended) };
}
