import { randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import type { GatewayEvent } from '../gateway/events.ts';
import { TooManyWatchers } from './errors.ts';
import { createEventLog } from './event-log.ts';

const limits = { events: 50, bytes: 1_000_000, watchers: 3, framesPerSecond: 100 };
const removed = (api: string) => ({ type: 'api-removed', api }) as const;

test('the newest events are kept, in order, and ids go on', () => {
  const log = createEventLog(limits);
  const count = randomInt(60, 400);
  for (let n = 1; n <= count; n += 1) log.emit(null, removed(`api-${n}`));
  const ids = log.kept().map(({ id }) => id);
  expect(ids).toEqual(Array.from({ length: 50 }, (_, place) => count - 49 + place));
  expect(log.kept().at(-1)).toMatchObject({ type: 'api-removed', api: `api-${count}`, connection: null });
});

test('an event says when it happened, and in which connection', () => {
  const log = createEventLog(limits);
  const connection = randomBytes(12).toString('hex');
  const before = Date.now();
  log.emit(connection, removed('a'));
  const [event] = log.kept();
  expect(event?.connection).toBe(connection);
  expect(event?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(Date.parse(event?.at ?? '')).toBeGreaterThanOrEqual(before);
});

test('frames tell the time between them, on a clock that never goes back', () => {
  const log = createEventLog(limits);
  const frame = {
    type: 'frame',
    direction: 'client-to-gateway',
    fin: true,
    rsv: 0,
    opcode: 1,
    masked: true,
    length: 0,
    payload: '',
    payloadTruncated: false,
    closeCode: null,
  } as const;
  const before = performance.now();
  for (let n = 0; n < 20; n += 1) log.emit('c', frame);
  const took = performance.now() - before;
  const clocks = log.kept().map((event) => (event.type === 'frame' ? (event.clockMs ?? Number.NaN) : 0));
  expect(clocks.toSorted((a, b) => a - b)).toEqual(clocks);
  // Both ends are rounded to a microsecond.
  expect((clocks.at(-1) ?? Number.NaN) - (clocks[0] ?? 0)).toBeLessThan(took + 0.002);
});

test('the kept events stay within their bytes, and the newest stays even if it alone is larger', () => {
  const log = createEventLog({ ...limits, bytes: 10_000 });
  for (let n = 0; n < 40; n += 1) log.emit(null, removed('x'.repeat(1_000)));
  expect(JSON.stringify(log.kept()).length).toBeLessThan(10_000);
  expect(log.kept().length).toBeGreaterThan(5);
  log.emit(null, removed('y'.repeat(20_000)));
  expect(log.kept()).toHaveLength(1);
  log.emit(null, removed('z'));
  expect(log.kept().at(-1)).toMatchObject({ api: 'z' });
});

test('a watcher gets each event from then on, once, until it stops', () => {
  const log = createEventLog(limits);
  log.emit(null, removed('before'));
  const seen: GatewayEvent[] = [];
  const stop = log.watch({ event: (event) => seen.push(event), end: () => {} });
  log.emit(null, removed('while'));
  stop();
  log.emit(null, removed('after'));
  expect(seen).toMatchObject([{ id: 2, api: 'while' }]);
});

test('there are no more watchers than may be, and a place is free again when one stops', () => {
  const log = createEventLog(limits);
  const watcher = () => ({ event: () => {}, end: () => {} });
  const stops = [1, 2, 3].map(() => log.watch(watcher()));
  expect(() => log.watch(watcher())).toThrow(TooManyWatchers);
  expect(() => log.assertRoom()).toThrow(TooManyWatchers);
  expect(log.watchers()).toBe(3);
  stops[1]?.();
  stops[1]?.();
  log.assertRoom();
  log.watch(watcher());
  expect(log.watchers()).toBe(3);
});

test('a closed log has told its watchers, keeps nothing and takes nothing', () => {
  const log = createEventLog(limits);
  let ended = 0;
  log.watch({ event: () => expect.unreachable(), end: () => (ended += 1) });
  log.close();
  log.emit(null, removed('late'));
  expect([ended, log.watchers(), log.kept().length]).toEqual([1, 0, 0]);
});

test('a watcher may stop while an event is told', () => {
  const log = createEventLog(limits);
  const seen: string[] = [];
  const stopFirst = log.watch({
    event: () => {
      seen.push('first');
      stopFirst();
    },
    end: () => {},
  });
  log.watch({ event: () => seen.push('second'), end: () => {} });
  log.emit(null, removed('a'));
  log.emit(null, removed('b'));
  expect(seen).toEqual(['first', 'second', 'second']);
});

test('is watched from the first watcher to the last', () => {
  const log = createEventLog(limits);
  expect(log.watched()).toBe(false);
  const stops = [1, 2].map(() => log.watch({ event: () => {}, end: () => {} }));
  expect(log.watched()).toBe(true);
  stops[0]?.();
  expect(log.watched()).toBe(true);
  stops[1]?.();
  expect(log.watched()).toBe(false);
});
