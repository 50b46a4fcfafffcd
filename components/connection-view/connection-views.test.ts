import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { ConnectionStore } from './connection-store.ts';
import { connectionsView } from './connections-view.ts';
import { frameDetailView } from './frames/frame-detail-view.ts';
import { betweenHops, frameSentence } from './frames/frame-words.ts';
import { headsOf } from './heads/heads.ts';
import { headsView } from './heads/heads-view.ts';
import { emptySentence, sourceSentence } from './panel-words.ts';
import { policiesView } from './policies-view.ts';
import { connectionPicture, sequenceRows } from './sequence-rows.ts';
import { closedBy, frame, opened, word } from './story.fixture.ts';
import { summaryOf } from './summary.ts';

function connectionOf(relay: 'bytes' | 'messages' | 'nobody', ...frames: ReturnType<typeof frame>[]) {
  const store = new ConnectionStore();
  for (const event of [...opened(relay), ...frames]) store.add(event);
  const [connection] = store.connections;
  if (!connection) throw new Error('no connection');
  return { store, connection };
}

test('the picture draws what came, the middle of many frames as a gap, and says all of it in words', async () => {
  const count = randomInt(20, 200);
  const { connection, store } = connectionOf('bytes', ...Array.from({ length: count }, () => frame()));
  store.add(closedBy('client'));
  const rows = sequenceRows(connection);
  expect(rows).toContainEqual({ kind: 'gap', text: `${count - 8} more frames` });
  expect(rows.at(-1)).toEqual({ kind: 'end', text: 'closed by client' });
  expect(rows.length).toBeLessThan(20);
  const html = await renderView(connectionPicture(connection));
  expect(html).toContain('role="img"');
  expect(html).toContain('Client to target: text, 12 bytes.');
});

test('a frame whose bytes go on is drawn through the gateway; one that is read stops at it', () => {
  const through = sequenceRows(connectionOf('bytes', frame()).connection).at(-1);
  expect(through).toMatchObject({ from: 'client', to: 'target' });
  const read = sequenceRows(connectionOf('messages', frame()).connection).at(-1);
  expect(read).toMatchObject({ from: 'client', to: 'gateway' });
  const back = sequenceRows(connectionOf('messages', frame({ direction: 'target-to-gateway' })).connection);
  expect(back.at(-1)).toMatchObject({ from: 'target', to: 'gateway' });
});

test('the time between hops is that of the two frames', () => {
  const came = frame({ clockMs: 10 });
  // Of a power of two, so that the sum and the difference are exact.
  const took = randomInt(1, 5_000) / 1_024;
  const went = frame({ direction: 'gateway-to-target', payload: came.payload, clockMs: 10 + took });
  const { connection } = connectionOf('messages', came, went);
  expect(betweenHops(came, connection).text).toBe(`${took.toFixed(took < 0.1 ? 3 : 2)} ms`);
  expect(betweenHops(went, connection).partner).toBe(came);
  expect(frameSentence(came, connection)).toContain(`number ${went.id}`);
});

test('where bytes go on as they come, each frame tells its own time to the other hop, or that it waits', async () => {
  const hopMs = randomInt(1, 99) / 1_000;
  const [timed, waiting, ofOldFile] = [frame({ hopMs }), frame({ hopMs: null }), frame()];
  const { connection } = connectionOf('bytes', timed, waiting, ofOldFile);
  const time = `${hopMs.toFixed(3)} ms`;
  expect([timed, waiting, ofOldFile].map((each) => betweenHops(each, connection).text)).toEqual([
    time,
    'waits',
    'as it came',
  ]);
  expect(frameSentence(timed, connection)).toContain(`on the other hop after ${time}`);
  expect(await renderView(frameDetailView(timed, connection, () => {}))).toContain(
    `written on ${time} after`,
  );
  expect(await renderView(frameDetailView(waiting, connection, () => {}))).toContain(
    'they waited in the gateway',
  );
});

test('a frame shows all its fields, and a close code what it means', async () => {
  const reason = word();
  const close = frame({ opcode: 8, closeCode: 1008, payload: reason, masked: false, rsv: 4, fin: false });
  const html = await renderView(frameDetailView(close, connectionOf('bytes', close).connection, () => {}));
  for (const part of [
    'close (8)',
    '1008, policy violation',
    '0, against RFC 6455 §5.1: a client must mask',
    'RSV1',
    '0, more fragments',
    reason,
  ])
    expect(html).toContain(part);
});

test.each([
  ['client-to-gateway', true, '1, as a client must'],
  ['gateway-to-target', true, '1, as a client must'],
  ['target-to-gateway', true, '1, against'],
  ['gateway-to-client', true, '1, against'],
  ['client-to-gateway', false, '0, against'],
  ['gateway-to-client', false, '0, as a server must'],
] as const)('%s with mask %s: %s', async (direction, masked, words) => {
  const each = frame({ direction, masked });
  expect(await renderView(frameDetailView(each, connectionOf('bytes', each).connection, () => {}))).toContain(
    words,
  );
});

test('a policy is drawn when it starts, what it does below it, and its failure where it fails', () => {
  const { connection, store } = connectionOf('bytes');
  const policy = (title: string, index: number) => ({ policy: 'switch', title, index });
  const [outer, inner] = [word(), word()];
  const started = (title: string, index: number) =>
    store.add({ ...frame(), type: 'policy-started', ...policy(title, index) });
  const ended = (title: string, index: number, outcome: 'completed' | 'failed') =>
    store.add({
      ...frame(),
      type: 'policy-ended',
      ...policy(title, index),
      outcome,
      message: null,
      durationMs: 1,
    });
  started(outer, 0);
  started(inner, 1);
  ended(inner, 1, 'completed');
  ended(outer, 0, 'failed');
  const failed = `${outer.slice(0, 9)}… failed`;
  expect(sequenceRows(connection).slice(-3)).toEqual(
    [outer, inner, failed].map((text) => ({ kind: 'work', at: 'gateway', text })),
  );
});

test('the policies show the context before and after, and what was not told', async () => {
  const [before, after] = [word(), word()];
  const policy = { policy: 'set-variable', title: word(), index: 0 };
  const any = { at: '', connection: 'c' };
  const context = { changes: [{ name: 'message.status.code', before, after }], more: 3, whole: false };
  const html = await renderView(
    policiesView([
      { ...any, id: 1, type: 'policy-started', ...policy },
      {
        ...any,
        id: 2,
        type: 'policy-ended',
        ...policy,
        outcome: 'completed',
        message: null,
        durationMs: 1.5,
        context,
      },
    ]),
  );
  for (const part of [before, after, policy.title, '4 changes', '3 more changes', 'larger than'])
    expect(html).toContain(part);
});

test('heads that are not there say why', async () => {
  const { connection } = connectionOf('bytes');
  const html = await renderView(headsView(headsOf(connection.story)));
  expect(html).toContain('HTTP/1.1 101 Switching Protocols');
  expect(html).toContain('No target was asked');
});

test('a file of somebody’s with odd times and addresses shows all the same', async () => {
  const odd = word();
  const { connection, store } = connectionOf(
    'messages',
    frame({ at: odd, rsv: 9, opcode: 77, payload: 'x' }),
  );
  store.add({ ...frame(), type: 'target-request', url: odd, method: odd, headers: [] });
  const html = [
    await renderView(connectionPicture(connection)),
    await renderView(headsView(headsOf(connection.story))),
    await renderView(frameDetailView(connection.frames[0] ?? null, connection, () => {})),
  ].join('');
  expect(html).toContain(odd);
  expect(html).toContain('reserved (77)');
});

test('of policies that run on message after message the first are listed, the others counted', async () => {
  const runs = randomInt(41, 200);
  const policy = { policy: 'parse', title: 'parse', index: 1 };
  const story = Array.from(
    { length: runs },
    () => ({ ...frame(), type: 'policy-started', ...policy }) as const,
  );
  const html = await renderView(policiesView(story));
  expect(html.match(/<li/g)).toHaveLength(40);
  expect(html).toContain(`${runs - 40} later runs`);
});

test('what a client sends is text in the page, never markup', async () => {
  const evil = `<img src=x onerror=${word()}>`;
  const { connection, store } = connectionOf('bytes', frame({ payload: evil }));
  const html = [
    await renderView(connectionPicture(connection)),
    await renderView(connectionsView(store.connections, connection, () => {})),
    await renderView(frameDetailView(connection.frames[0] ?? null, connection, () => {})),
  ].join('');
  expect(html).not.toContain('<img');
});

test('the summary counts, and the panel says what to do and where its events are from', () => {
  expect(summaryOf([], null)).toBe('No connections yet.');
  const { connection } = connectionOf('bytes', frame(), frame());
  expect(summaryOf([connection], connection)).toBe(
    '1 connection. Shown: number 1, terminal, 101, open, 2 frames.',
  );
  const source = { savedAt: null, organization: 'maple', live: true, standing: null, paused: false } as const;
  expect(emptySentence({ ...source, organization: null })).toContain('Deploy');
  expect(emptySentence(source)).toContain('Connect');
  expect(sourceSentence({ ...source, live: false, standing: 'away' })).toContain('does not answer');
  expect(sourceSentence({ ...source, live: false, standing: 'forgotten' })).toContain('deploy again');
  expect(sourceSentence({ ...source, savedAt: new Date().toISOString() })).toContain('From a file');
});
