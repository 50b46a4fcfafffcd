import { html } from 'lit';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { ConnectionStore } from './connection-store.ts';
import type { EventOf } from './frames/frame-hops.ts';
import { outcomeOf } from './outcome.ts';
import { outcomeView } from './outcome-view.ts';
import { closedBy, frame, opened, word } from './story.fixture.ts';
import { summaryOf } from './summary.ts';

type Answer = Partial<EventOf<'response-sent'>>;

/** A connection that was answered so, with these events before. */
function answered(answer: Answer, ...before: Parameters<ConnectionStore['add']>[0][]) {
  const store = new ConnectionStore();
  const [asked] = opened('bytes');
  const sent = { status: 101, reason: '', headers: [], body: '', rules: [], ...answer };
  for (const event of [
    ...(asked ? [asked] : []),
    ...before,
    { ...frame(), type: 'response-sent' as const, ...sent },
  ])
    store.add(event);
  const [connection] = store.connections;
  if (!connection) throw new Error('no connection');
  return { store, connection };
}

const logged = (level: 'error' | 'warn' | 'notice' | 'info', text: string) => ({
  ...frame(),
  type: 'gateway-log' as const,
  level,
  code: null,
  text,
});

test('a refusal of the gateway is told with its body’s words and its log, for screen readers too', async () => {
  const [why, cause] = [word(), word()];
  const { connection, store } = answered(
    { status: 404, reason: 'Not Found', body: JSON.stringify({ moreInformation: why }) },
    logged('error', cause),
    logged('info', word()),
  );
  expect(outcomeOf(connection)).toEqual({
    sentence: `The gateway answered 404 Not Found, “${why}”: only 101 opens a WebSocket.`,
    reasons: [`Log: ${cause}`],
    failed: true,
  });
  expect(summaryOf(store.connections, connection)).toContain(
    `“${why}”: only 101 opens a WebSocket. Log: ${cause}`,
  );
  expect(await renderView(html`${outcomeView(connection)}`)).toContain(cause);
});

test('failed security is told with what was missing', () => {
  const message = word();
  const { connection } = answered(
    { status: 401, reason: 'Unauthorized' },
    {
      ...frame(),
      type: 'security-checked',
      passed: false,
      scheme: 's',
      application: null,
      plan: null,
      message,
    },
  );
  expect(outcomeOf(connection).reasons).toEqual([`Security: ${message}.`]);
});

test('an answer of the target’s own is told as the target’s, whatever body it has', () => {
  const { connection } = answered({ status: 403, reason: 'Forbidden', body: '{"x"', from: 'target' });
  expect(outcomeOf(connection).sentence).toBe(
    'The target answered 403 Forbidden, and the gateway passed that on: only 101 opens a WebSocket.',
  );
});

test('a 101 that breaks rules is a failure, and each rule is told', () => {
  const message = word();
  const rule = { rule: 'response-accept', section: '4.2.2', passed: false, message } as const;
  const { connection, store } = answered({ rules: [rule] });
  store.add({
    ...closedBy('client'),
    type: 'connection-closed',
    by: 'client',
    how: 'end',
    closeCode: null,
    closeReason: null,
    bytesFromClient: 0,
    bytesToClient: 0,
  });
  expect(outcomeOf(connection)).toEqual({
    sentence:
      'The 101 breaks a rule of the handshake: a client that checks them ends the connection. The client ended the connection without a Close frame: the other side is told 1006.',
    reasons: [`${message} (RFC 6455 §4.2.2)`],
    failed: true,
  });
});

test.each([
  [
    'close-frame',
    4000,
    'The target closed with 4000, private: its meaning is the application’s own. Its reason: “why”.',
  ],
  [
    'close-frame',
    null,
    'The target closed with a Close frame without a code, which its peer is told as 1005. Its reason: “why”.',
  ],
  ['reset', null, 'The target reset the connection: the other side is told 1006.'],
  [
    'idle',
    null,
    'The target ended the connection, since it was silent for the idle timeout. There was no Close frame: both sides are told 1006.',
  ],
  ['shutdown', 1001, 'The target ended the connection, since it stops, with 1001.'],
] as const)('%s with %s is told in a sentence', (how, closeCode, sentence) => {
  const { connection, store } = answered({});
  store.add({
    ...frame(),
    type: 'connection-closed',
    by: 'target',
    how,
    closeCode,
    closeReason: 'why',
    bytesFromClient: 0,
    bytesToClient: 0,
  });
  expect(outcomeOf(connection)).toEqual({ sentence, reasons: [], failed: false });
});

test('of many lines of the log the first are told, the others counted; an open connection without any says nothing', async () => {
  const { connection } = answered({}, ...Array.from({ length: 12 }, () => logged('warn', word())));
  expect(outcomeOf(connection).reasons).toHaveLength(6);
  expect(outcomeOf(connection).reasons.at(-1)).toBe('7 more lines are in the log.');
  expect(outcomeView(answered({}).connection)).toBeNull();
});
