import { expect, test } from 'vitest';
import { createHeldBytes } from '../../gateway/held-bytes.ts';
import { createInboxes } from './inbox.ts';
import { SERVER_UNHANDLED_BYTES, SERVER_UNHANDLED_MESSAGES, UNHANDLED_MESSAGES } from './limits.ts';

test('a client is read on until so many messages, or bytes, wait, and again when they are handled', () => {
  const inboxes = createInboxes(createHeldBytes(1e9));
  const inbox = inboxes.make(() => expect.unreachable());
  for (let i = 1; i < UNHANDLED_MESSAGES; i += 1) expect(inbox.add(1)).toBe('read-on');
  expect(inbox.add(1)).toBe('pause');
  inboxes.handled(inbox);
  expect(inbox.full).toBe(false);
  expect(inbox.add(1e6)).toBe('pause');
});

test('what waits is on the accounts of the lab, and cut when it is too much there; handled, or of one who is gone, it is not', () => {
  const held = createHeldBytes(250_000);
  const inboxes = createInboxes(held);
  let cut = 0;
  const count = () => {
    cut += 1;
  };
  const [first, second, third] = [inboxes.make(count), inboxes.make(count), inboxes.make(count)];
  first.add(100_000);
  second.add(100_000);
  expect([held.total(), cut]).toEqual([200_000, 0]);
  third.add(100_000);
  expect([held.total(), cut]).toEqual([200_000, 1]);
  inboxes.handled(second);
  third.close();
  expect(held.total()).toBe(0);
});

test('a server has so many messages wait in all, those of clients that are gone too', () => {
  const inboxes = createInboxes(createHeldBytes(1e9));
  const gone = inboxes.make(() => {});
  for (let i = 0; i < SERVER_UNHANDLED_MESSAGES; i += 1) expect(gone.add(0)).not.toBe('too-many');
  gone.close();
  const other = inboxes.make(() => {});
  expect(other.add(0)).toBe('too-many');
  inboxes.handled(undefined);
  expect(other.add(0)).toBe('read-on');
});

test('it is full by the bytes of those that are gone too, and of those without an inbox, until the oldest is handled', () => {
  const inboxes = createInboxes(createHeldBytes(1e9));
  const gone = inboxes.make(() => expect.unreachable());
  gone.add(SERVER_UNHANDLED_BYTES - 1);
  gone.close();
  expect(inboxes.full).toBe(false);
  inboxes.count(1);
  expect(inboxes.full).toBe(true);
  inboxes.handled(undefined);
  inboxes.count(SERVER_UNHANDLED_BYTES - 2);
  expect(inboxes.full).toBe(false);
});
