// A live checkpoint looks again when it may pass, and asks the server no more than that.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import type { FeedListener } from '../sandbox/event-feed.ts';
import { watchSandbox } from './live-watch.ts';

let listener: FeedListener;
vi.mock('../sandbox/sandbox-record.ts', () => ({ readSandbox: () => ({ token: 'the only one' }) }));
vi.mock('../sandbox/event-feed.ts', () => ({
  feedOf: () => ({
    listen(given: FeedListener) {
      listener = given;
      return () => {};
    },
  }),
}));

class Page extends EventTarget {
  visibilityState = 'visible';
}
let page: Page;
let looks: PromiseWithResolvers<void>[];
let waits: boolean;
let told: boolean[];
let stop: () => void;

const any = { id: 1, at: '2026-01-01T00:00:00.000Z', connection: null };
const deployed: GatewayEvent = {
  ...any,
  type: 'api-deployed',
  api: 'one',
  version: '1.0.0',
  endpoints: [],
};
const answered: GatewayEvent = {
  ...any,
  type: 'response-sent',
  status: 503,
  reason: '',
  headers: [],
  body: '',
  rules: [],
};
/** The pause between two looks is over, and the last look. */
async function later(): Promise<void> {
  await vi.advanceTimersByTimeAsync(700);
}

beforeEach(() => {
  vi.useFakeTimers();
  [page, looks, waits, told] = [new Page(), [], true, []];
  vi.spyOn(Math, 'random').mockReturnValue(1);
  vi.stubGlobal('document', page);
  stop = watchSandbox({
    look() {
      const look = Promise.withResolvers<void>();
      looks.push(look);
      return look.promise;
    },
    waitsForClient: () => waits,
    looking: (looking) => told.push(looking),
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('many events at once are one look, and what comes meanwhile is one more', async () => {
  for (let time = 0; time < 20; time += 1) listener.event(answered);
  await later();
  expect(looks).toHaveLength(1);
  for (let time = 0; time < 20; time += 1) listener.event(answered);
  await later();
  expect(looks, 'the first is not over yet').toHaveLength(1);
  looks[0]?.resolve();
  await later();
  expect(looks).toHaveLength(2);
  looks[1]?.resolve();
  await later();
  expect(looks).toHaveLength(2);
});

test('where no client is waited for, what the check’s own client does calls for no other check', async () => {
  waits = false;
  listener.event(answered);
  await later();
  expect(looks).toHaveLength(0);
  listener.event(deployed);
  await later();
  expect(looks).toHaveLength(1);
});

test('a tab that nobody sees asks nothing, and catches up when it is seen', async () => {
  page.visibilityState = 'hidden';
  listener.live(true);
  await later();
  expect(looks).toHaveLength(0);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  await later();
  expect(looks).toHaveLength(1);
});

test('a look that failed is made again without an event, ever later, and at some time no more', async () => {
  listener.event(answered);
  await later();
  const ends: number[] = [];
  for (let time = 0; time < 20; time += 1) {
    const before = Date.now();
    looks.at(-1)?.reject(new Error('the server is away'));
    await vi.advanceTimersToNextTimerAsync();
    ends.push(Date.now() - before);
  }
  expect(ends.slice(0, 9)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 0]);
  expect([looks.length, vi.getTimerCount()]).toEqual([9, 0]);
  listener.event(answered);
  await later();
  expect(looks).toHaveLength(10);
});

test('a busy server is asked again when it wants to be, whatever happens meanwhile', async () => {
  listener.event(answered);
  await later();
  looks[0]?.reject(new LabProblem(429, 'checks-busy', 'Busy.', 'Wait.', 6));
  for (let second = 0; second < 5; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    listener.event(answered);
  }
  expect(looks).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(looks).toHaveLength(2);
});

test('a server that is there again is looked at at once', async () => {
  listener.event(answered);
  await later();
  looks[0]?.reject(new LabProblem(503, 'lab-busy', 'Busy.', 'Wait.', 30));
  await later();
  listener.live(true);
  await later();
  expect(looks).toHaveLength(2);
});

test('it tells that it looks at a deployment before it does, and after that no more', async () => {
  listener.event(answered);
  expect(told).toEqual([]);
  await later();
  listener.event(deployed);
  expect([told, looks.length]).toEqual([[true], 1]);
  looks[0]?.resolve();
  await later();
  expect([told, looks.length], 'the look before the deployment is not that at it').toEqual([[true], 2]);
  looks[1]?.resolve();
  await later();
  expect(told).toEqual([true, false]);
});

test('stopped, it looks no more, not even for what it has missed', async () => {
  listener.event(deployed);
  await later();
  listener.event(deployed);
  stop();
  looks[0]?.resolve();
  await later();
  expect(looks).toHaveLength(1);
});
