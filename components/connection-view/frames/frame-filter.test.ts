import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { ConnectionStore } from '../connection-store.ts';
import { frame, opened, word } from '../story.fixture.ts';
import { allFrames, frameTest } from './frame-filter.ts';
import { ShownFrames } from './shown-frames.ts';

test('frames are found by text, by bytes as hex, by close code and by number', () => {
  const bytes = randomBytes(8);
  const frames = [
    frame({ payload: `Grüße ${word()}` }),
    frame({ opcode: 2, payload: bytes.toString('hex'), length: 8 }),
    frame({ opcode: 8, closeCode: 4321, payload: '' }),
  ];
  const [text, binary, close] = frames;
  const found = (search: string) => frames.filter(frameTest({ ...allFrames, search }, true));
  expect(found('grüße')).toEqual([text]);
  expect(found('47 72 c3 bc')).toEqual([text]);
  expect(found(bytes.subarray(2, 6).toString('hex').toUpperCase())).toContain(binary);
  expect(found('4321')).toContain(close);
  expect(found(`#${binary?.id}`)).toEqual([binary]);
  expect(found(`${word()}zz`)).toEqual([]);
  expect(found(' ')).toEqual(frames);
});

test('by hop only where the hops differ, and by opcode', () => {
  const near = frame();
  const far = frame({ direction: 'gateway-to-target', opcode: 9 });
  const filter = { ...allFrames, hop: 'target' } as const;
  expect([near, far].filter(frameTest(filter, false))).toEqual([far]);
  expect([near, far].filter(frameTest(filter, true))).toEqual([near, far]);
  expect([near, far].filter(frameTest({ ...allFrames, opcode: 9 }, false))).toEqual([far]);
});

test('the shown frames keep up with those that come, and stand still while paused', () => {
  const store = new ConnectionStore();
  for (const event of opened('bytes')) store.add(event);
  const [connection] = store.connections;
  if (!connection) throw new Error('no connection');
  const shown = new ShownFrames();
  const filter = { ...allFrames, opcode: 1 };
  const ids = (upTo: number | null, by = filter) => shown.of(connection, by, upTo).map(({ id }) => id);
  const came = [frame(), frame({ opcode: 9 }), frame()];
  for (const each of came) store.add(each);
  expect(ids(null)).toEqual([came[0]?.id, came[2]?.id]);
  const later = frame();
  store.add(later);
  expect(ids(came[2]?.id ?? 0)).toEqual([came[0]?.id, came[2]?.id]);
  expect(ids(null)).toEqual([came[0]?.id, came[2]?.id, later.id]);
  expect(ids(null, { ...filter, opcode: 9 })).toEqual([came[1]?.id]);
});
