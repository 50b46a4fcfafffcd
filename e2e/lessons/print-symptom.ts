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

/** A client that pings does so once more or less in its time: of each kind the first stands for all, and the bytes are not counted. */
function onePing<Line extends { text: string }>(log: Line[]): Line[] {
  const beats = /\b(ping \(9\)|pong \(10\)), /;
  if (!log.some(({ text }) => beats.test(text))) return log;
  const texts = log.map(({ text }) => text);
  return log
    .filter(({ text }, at) => !beats.test(text) || texts.indexOf(text) === at)
    .map((line) => ({
      ...line,
      text: line.text.replace(/\d+ bytes came .*, \d+ went/, 'bytes came and went'),
    }));
}

/** Without the times of day, which are others each time. */
export function withoutTimes({ broken, mended }: z.infer<typeof recordedEvidence>) {
  const timeless = (side: typeof broken) =>
    side.map(({ log, ...each }) => ({
      ...each,
      log: onePing(log).map(({ at: _, ...line }) => anyEnd(line)),
    }));
  return { broken: timeless(broken), mended: timeless(mended) };
}
