// What Lighthouse says of the landing page and of one lesson of each approach, on its emulated phone over its slow network.
import { launch } from 'chrome-launcher';
import lighthouse, { type Flags } from 'lighthouse';
import { launchOptions } from '../scripts/setup/chromium.mjs';
import { atLeast, atMost, type Measured } from './verdict.ts';

/** The lessons with most on them: a client with its log, and an editor with a run. */
const PAGES = ['/', '/websocket-upgrade/08-test/', '/gatewayscript/02-handshake-handler/'];
/** The worst of these counts. */
const RUNS = 3;
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const categories = Object.entries(LEAST);

interface Report {
  /** 0 to 100 by category; NaN where Lighthouse could not tell. */
  scores: Record<string, number>;
  layoutShift: number;
  /** What is not perfect, by Lighthouse's names. */
  remarks: string[];
}

export async function auditPages(
  origin: string,
  chromePath: string,
  tell: (headline: string, numbers: Measured[]) => void,
): Promise<void> {
  const sandbox = launchOptions.chromiumSandbox ? [] : ['--no-sandbox'];
  const chrome = await launch({
    chromePath,
    chromeFlags: ['--headless=new', ...launchOptions.args, ...sandbox],
  });
  try {
    for (const page of PAGES) {
      const reports: Report[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        reports.push(await report(new URL(page, origin).href, { port: chrome.port, logLevel: 'error' }));
      }
      tell(`Lighthouse, mobile, worst of ${RUNS}: ${page}`, worst(reports));
      for (const remark of new Set(reports.flatMap(({ remarks }) => remarks))) console.log(`    ${remark}`);
    }
  } finally {
    chrome.kill();
  }
}

function worst(reports: readonly Report[]): Measured[] {
  const lowest = (name: string) => Math.min(...reports.map(({ scores }) => scores[name] ?? Number.NaN));
  return [
    ...categories.map(([name, least]) => atLeast(name, lowest(name), least)),
    atMost('cumulative layout shift', Math.max(...reports.map(({ layoutShift }) => layoutShift)), 0),
  ];
}

async function report(url: string, flags: Flags): Promise<Report> {
  const result = await lighthouse(url, { ...flags, onlyCategories: Object.keys(LEAST) });
  if (!result) throw new Error(`Lighthouse gave no report of ${url}.`);
  const { lhr } = result;
  return {
    scores: Object.fromEntries(
      Object.entries(lhr.categories).map(([name, { score }]) => [
        name,
        Math.round((score ?? Number.NaN) * 100),
      ]),
    ),
    layoutShift: lhr.audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
    remarks: Object.keys(LEAST).flatMap((name) =>
      (lhr.categories[name]?.auditRefs ?? [])
        // What weighs nothing in the score is advice.
        .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => `${id}: ${lhr.audits[id]?.displayValue ?? lhr.audits[id]?.title}`),
    ),
  };
}
