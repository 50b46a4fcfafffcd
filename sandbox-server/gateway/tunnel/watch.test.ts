import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatewayEventBody } from '../events.ts';
import { anyFrame, fragments, frameBytes, type TestFrame } from './frame.fixture.ts';
import { type CloseFrame, type WatchOptions, watchFrames } from './watch.ts';

const write = (frame: Partial<TestFrame>) =>
  frameBytes({ fin: true, rsv: 0, opcode: 1, mask: null, payload: new Uint8Array(), ...frame });

function watch(options: Partial<WatchOptions> = {}) {
  const events: GatewayEventBody[] = [];
  const closes: CloseFrame[] = [];
  const frames = watchFrames({
    compression: false,
    payloadBytes: 100,
    framesPerSecond: 1_000,
    framesUnwatched: 50,
    watched: () => true,
    takeFrame: () => true,
    direction: 'client-to-gateway',
    emit: (event) => events.push(event),
    onClose: (close) => closes.push(close),
    ...options,
  });
  return { frames, events, closes };
}

function watched(given: Partial<TestFrame>[], options: Partial<WatchOptions> = {}) {
  const { frames, events, closes } = watch(options);
  for (const frame of given) frames.push(write(frame));
  frames.end();
  return { events, closes };
}

const text = (value: string) => Buffer.from(value);

describe('what a reader is told of a frame', () => {
  it('shows text as text, other data as hex', () => {
    const { events } = watched([
      { payload: text('größe') },
      { opcode: 2, payload: Buffer.from([0, 255, 16]) },
    ]);
    expect(events).toMatchObject([
      { type: 'frame', opcode: 1, payload: 'größe', payloadTruncated: false, closeCode: null },
      { type: 'frame', opcode: 2, payload: '00ff10' },
    ]);
  });

  it('leaves out the character that the cut goes through, and says that it cut', () => {
    const { events } = watched([{ payload: text('aé') }], { payloadBytes: 2 });
    expect(events).toMatchObject([{ payload: 'a', payloadTruncated: true, length: 3 }]);
  });

  it('shows code and reason of a Close frame, and tells the first one', () => {
    const { events, closes } = watched([
      { opcode: 8, payload: Buffer.concat([Buffer.from([0x0f, 0xa1]), text('enough')]) },
      { opcode: 8 },
    ]);
    expect(events).toMatchObject([
      { closeCode: 4001, payload: 'enough' },
      { closeCode: null, payload: '' },
    ]);
    expect(closes).toEqual([{ code: 4001, reason: 'enough' }]);
  });

  it('shows nothing of a compressed message, also not of its continuation', () => {
    const { events } = watched(
      [
        { rsv: 4, fin: false, payload: text('zzz') },
        { opcode: 9, payload: text('p') },
        { opcode: 0, payload: text('zzz') },
        { opcode: 1, payload: text('plain') },
      ],
      { compression: true },
    );
    expect(events.map((event) => (event.type === 'frame' ? event.payload : null))).toEqual([
      '',
      '70',
      '',
      'plain',
    ]);
  });

  it('says which direction it cannot read any more', () => {
    const { events } = watched([{ opcode: 5 }, { payload: text('unseen') }]);
    expect(events).toEqual([
      { type: 'frames-unwatched', reason: expect.stringContaining('client-to-gateway') },
    ]);
  });

  it('tells of a flood only so much, how many it left out, and the Close frame always', () => {
    const flood = Array.from({ length: 50 }, () => ({ payload: text('x') }));
    const { events, closes } = watched([...flood, { opcode: 8 }], { framesPerSecond: 5 });
    expect(events.map(({ type }) => type)).toEqual([...Array(5).fill('frame'), 'frames-unwatched', 'frame']);
    expect(events.at(5)).toMatchObject({ reason: expect.stringContaining('45 frames') });
    expect(closes).toHaveLength(1);
  });
});

it('tells no more than all connections together may, but for the beginning of each', () => {
  let room = 2;
  const takeFrame = () => {
    room -= 1;
    return room >= 0;
  };
  const { events } = watched(Array(10).fill({}), { framesUnwatched: 3, takeFrame });
  expect(events.map(({ type }) => type)).toEqual([...Array(5).fill('frame'), 'frames-unwatched']);
  expect(events[5]).toMatchObject({ reason: expect.stringContaining('5 frames') });
});

describe('what is told while nobody watches', () => {
  const shapes = (events: GatewayEventBody[]) =>
    events.map((event) => (event.type === 'frame' ? event.opcode : event.type));

  it('is the beginning, each frame once somebody watches, and the first Close frame', () => {
    let somebody = false;
    const { frames, events, closes } = watch({ framesUnwatched: 2, watched: () => somebody });
    for (let i = 0; i < 7; i += 1) frames.push(write({ payload: text(`early ${i}`) }));
    expect(shapes(events)).toEqual([1, 1]);
    somebody = true;
    frames.push(write({ opcode: 9 }));
    expect(shapes(events.slice(2))).toEqual(['frames-unwatched', 9]);
    expect(events[2]).toMatchObject({ reason: expect.stringContaining('5 frames') });
    somebody = false;
    frames.push(write({ opcode: 10 }));
    frames.push(write({ opcode: 8, payload: Buffer.from([0x03, 0xe8]) }));
    frames.end();
    expect(shapes(events.slice(4))).toEqual(['frames-unwatched', 8]);
    expect(closes).toEqual([{ code: 1000, reason: '' }]);
  });

  it('says at the end how many were passed over', () => {
    const { events } = watched([{}, {}, {}], { framesUnwatched: 1, watched: () => false });
    expect(shapes(events)).toEqual([1, 'frames-unwatched']);
    expect(events[1]).toMatchObject({ reason: expect.stringContaining('2 frames') });
  });

  it('knows where frames begin, and the Close code, whatever passed and wherever it was cut', () => {
    fc.assert(
      fc.property(
        fc.array(
          anyFrame().filter(({ opcode }) => opcode !== 8),
          { maxLength: 8 },
        ),
        fc.array(fc.nat()),
        fc.integer({ min: 1_000, max: 4_999 }),
        (sent, cuts, code) => {
          const { frames, events, closes } = watch({ framesUnwatched: 0, watched: () => false });
          const close = write({ opcode: 8, payload: Buffer.from([code >> 8, code & 0xff]) });
          for (const fragment of fragments(Buffer.concat([...sent.map(frameBytes), close]), cuts))
            frames.push(fragment);
          expect(frames.atBoundary()).toBe(true);
          expect(closes).toEqual([{ code, reason: '' }]);
          expect(shapes(events)).toEqual(sent.length > 0 ? ['frames-unwatched', 8] : [8]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
