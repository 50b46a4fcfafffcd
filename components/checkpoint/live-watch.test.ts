// A live checkpoint looks again when it may pass, and asks the server no more than that.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
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
  [page, looks, waits] = [new Page(), [], true];
  vi.stubGlobal('document', page);
  stop = watchSandbox(
    () => {
      const look = Promise.withResolvers<void>();
      looks.push(look);
      return look.promise;
    },
    () => waits,
  );
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('many events at once are one look, and what comes meanwhile is one more', async () => {
  for (let time = 0; time < 20; time += 1) listener.event(answered);
  await later();
  expect(looks).toHaveLength(1);
  for (let time = 0; time < 20; time += 1) listener.event(answered);
  await later();
  expect(looks, 'the first is not over yet').toHaveLength(1);
  looks[0]?.reject(new Error('the server is busy'));
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

test('stopped, it looks no more, not even for what it has missed', async () => {
  listener.event(deployed);
  await later();
  listener.event(deployed);
  stop();
  looks[0]?.resolve();
  await later();
  expect(looks).toHaveLength(1);
});
