import { expect, test } from 'vitest';
import { ConnectionStore, limits } from './connection-store.ts';
import { closedBy, frame, opened, word } from './story.fixture.ts';

test('events that the server tells again after a break are there once', () => {
  const store = new ConnectionStore();
  const events = [...opened('bytes'), frame(), frame(), closedBy('target')];
  expect(events.map((event) => store.add(event))).toEqual(events.map(() => true));
  expect(events.map((event) => store.add(event))).toEqual(events.map(() => false));
  const [connection] = store.connections;
  expect([...(connection?.story ?? []), ...(connection?.frames ?? [])]).toHaveLength(events.length);
});

test('what belongs to no connection is not taken in', () => {
  const store = new ConnectionStore();
  store.add({ id: 1, at: '', connection: null, type: 'api-removed', api: 'a' });
  expect(store.connections).toEqual([]);
});

test('there are no more connections than may be: the oldest that is over goes first, and does not come back', () => {
  const store = new ConnectionStore();
  const ids = Array.from({ length: limits.connections + 1 }, word);
  const events = ids.map((id) => opened('bytes', id));
  const [, second = []] = events;
  for (const [i, of] of events.entries()) {
    for (const event of of) store.add(event);
    if (i === 1) store.add(closedBy('client', ids[1]));
  }
  expect(store.connections).toHaveLength(limits.connections);
  expect(store.get(ids[1] ?? '')).toBeUndefined();
  expect(store.get(ids[0] ?? '')).toBeDefined();
  for (const event of second) expect(store.add(event)).toBe(false);
});

test('frames of all connections together are bounded: the oldest go, and are counted', () => {
  const store = new ConnectionStore();
  for (const id of ['short', 'long']) for (const event of opened('bytes', id)) store.add(event);
  store.add(frame({ connection: 'short' }));
  for (let n = 0; n < limits.frames + 500; n += 1)
    store.add(frame({ connection: 'long', payload: String(n) }));
  const [short, long] = store.connections;
  expect(short?.frames).toHaveLength(1);
  expect((long?.frames.length ?? 0) + (long?.droppedFrames ?? 0)).toBe(limits.frames + 500);
  expect((long?.frames.length ?? 0) + 1).toBeLessThanOrEqual(limits.frames);
  expect(long?.frames.at(-1)?.payload).toBe(String(limits.frames + 499));
});

test('a story that never ends is cut, but its end is told', () => {
  const store = new ConnectionStore();
  for (const event of opened('bytes')) store.add(event);
  for (let n = 0; n < limits.events + 10; n += 1)
    store.add({ ...frame(), type: 'frames-unwatched', reason: word() });
  store.add(closedBy('gateway'));
  const [connection] = store.connections;
  expect(connection?.story).toHaveLength(limits.events + 1);
  expect(connection?.droppedEvents).toBe(13);
  expect(connection?.closed?.by).toBe('gateway');
});

test('to clear takes away what is over, and the frames of what is open, which goes on', () => {
  const store = new ConnectionStore();
  for (const id of ['over', 'open']) for (const event of opened('bytes', id)) store.add(event);
  store.add(frame({ connection: 'open' }));
  store.add(closedBy('client', 'over'));
  store.clear();
  expect(store.connections.map(({ id, frames }) => [id, frames.length])).toEqual([['open', 0]]);
  store.add(frame({ connection: 'open' }));
  expect(store.connections[0]?.frames).toHaveLength(1);
});
