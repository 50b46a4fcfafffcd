// How smoothly ten thousand frames scroll in the panel of both hops, beside a long page that the browser scrolls by itself.
import { once } from 'node:events';
import { type Browser, chromium, type Locator, type Page } from 'playwright';
import { WebSocket } from 'ws';
import { percentile } from '../bench/percentile.ts';
import { launchOptions } from '../scripts/setup/chromium.mjs';
import { atMost, type Measured } from './verdict.ts';

const MESSAGES = 5_000;
const WHEEL_TURNS = 200;
const WHEEL_PIXELS = 240;
/** Of a screen with 60 pictures a second: one picture late is seen by nobody, two in a row are. */
const PICTURE_MS = 1_000 / 60;
/** The bound of the Long Tasks API, https://w3c.github.io/longtasks/ */
const WANTED = { gap: Math.ceil(2 * PICTURE_MS), longTasks: 0 };

interface Smoothness {
  /** Milliseconds between two painted pictures. */
  gaps: number[];
  /** Tasks of the page above 50 ms. */
  longTasks: number;
  /** Pixels that went by. */
  distance: number;
}

/** `gateway` is the port of its TLS listener; the lab has to tell events without a bound. */
export async function auditScrolling(
  origin: string,
  gateway: number,
  executablePath: string,
  tell: (headline: string, numbers: Measured[]) => void,
): Promise<void> {
  const browser = await chromium.launch({ ...launchOptions, executablePath });
  try {
    const native = await nativePage(browser, origin);
    const list = await frameList(browser, origin, gateway);
    const p95 = ({ gaps }: Smoothness) => Math.round(percentile(gaps, 0.95) * 10) / 10;
    const longest = ({ gaps }: Smoothness) => Math.round(Math.max(...gaps));
    tell(`${2 * MESSAGES + 1} frames, ${list.distance} pixels by the wheel`, [
      atMost('between two pictures, 95th percentile', p95(list), WANTED.gap, 'ms'),
      atMost('tasks above 50 ms', list.longTasks, WANTED.longTasks),
    ]);
    console.log(
      `    the longest ${longest(list)} ms, half of them up to ${percentile(list.gaps, 0.5).toFixed(1)} ms`,
    );
    console.log(
      `    a page that the browser scrolls by itself: ${p95(native)} ms, the longest ${longest(native)} ms`,
    );
  } finally {
    await browser.close();
  }
}

async function nativePage(browser: Browser, origin: string): Promise<Smoothness> {
  const page = await browser.newPage();
  await page.goto(new URL('/reference/url/', origin).href, { waitUntil: 'networkidle' });
  const smoothness = await scroll(page, page.locator('main'), () => scrollY);
  await page.close();
  return smoothness;
}

async function frameList(browser: Browser, origin: string, gateway: number): Promise<Smoothness> {
  const page = await browser.newPage();
  await page.goto(new URL('/websocket-upgrade/07-deploy/', origin).href);
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await page
    .getByText(/^Deployed in your organization/)
    .first()
    .waitFor();
  await page.goto(new URL('/websocket-upgrade/08-test/', origin).href);
  await page.getByText(/^Both hops:/).click();
  const panel = page.locator('lab-connection-view');
  await panel.getByText(/: live\.$/).waitFor();
  const organization = await page.evaluate(
    () => JSON.parse(localStorage.getItem('lab.sandbox.v1') ?? '{}').organization,
  );
  const client = new WebSocket(`wss://localhost:${gateway}/${organization}/sandbox/websocket-upgrade`, {
    rejectUnauthorized: false,
  });
  await once(client, 'message');
  for (let sent = 0; sent < MESSAGES; sent += 1) client.send(`message ${sent}`);
  await panel.getByText(`${2 * MESSAGES + 1} frames.`).waitFor({ timeout: 60_000 });
  const list = panel.getByRole('listbox', { name: 'Frames of both hops' });
  await list.press('Home');
  const smoothness = await scroll(page, list, (element) => element.scrollTop);
  client.terminate();
  await page.close();
  return smoothness;
}

/** Turns the wheel over the middle of `place`, a turn a picture, and counts pictures meanwhile. */
async function scroll(
  page: Page,
  place: Locator,
  positionOf: (element: Element) => number,
): Promise<Smoothness> {
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  const view = page.viewportSize();
  if (!box || !view) throw new Error('The place to scroll is not on the screen.');
  await page.mouse.move(
    box.x + box.width / 2,
    (Math.max(box.y, 0) + Math.min(box.y + box.height, view.height)) / 2,
  );
  const from = await place.evaluate(positionOf);
  const watch = await page.evaluateHandle(() => {
    const gaps: number[] = [];
    let longTasks = 0;
    const observer = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length;
    });
    observer.observe({ type: 'longtask' });
    let last = performance.now();
    let going = true;
    const look = () => {
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      if (going) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return {
      end: () => {
        going = false;
        return { gaps, longTasks };
      },
    };
  });
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) await page.mouse.wheel(0, WHEEL_PIXELS);
  const seen = await watch.evaluate(({ end }) => end());
  return { ...seen, distance: Math.round((await place.evaluate(positionOf)) - from) };
}
