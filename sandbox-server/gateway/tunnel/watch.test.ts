import { describe, expect, it } from 'vitest';
import type { GatewayEventBody } from '../events.ts';
import { frameBytes, type TestFrame } from './frame.fixture.ts';
import { type CloseFrame, watchFrames } from './watch.ts';

function watched(
  frames: Partial<TestFrame>[],
  {
    compression = false,
    payloadBytes = 100,
    framesPerSecond = 1_000,
    unwatchedFrames = 0,
    looking = (_at: number): boolean => true,
  } = {},
) {
  const events: GatewayEventBody[] = [];
  const closes: CloseFrame[] = [];
  let at = 0;
  const decoder = watchFrames({
    compression,
    payloadBytes,
    framesPerSecond,
    unwatchedFrames,
    watched: () => looking(at),
    direction: 'client-to-gateway',
    emit: (event) => events.push(event),
    onClose: (close) => closes.push(close),
  });
  for (const frame of frames) {
    decoder.push(
      frameBytes({ fin: true, rsv: 0, opcode: 1, mask: null, payload: new Uint8Array(), ...frame }),
    );
    at += 1;
  }
  return { events, closes, decoder };
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

describe('frames that nobody watches', () => {
  const many = Array.from({ length: 20 }, (_, i) => ({ payload: text(`m${i}`) }));
  const told = (events: GatewayEventBody[]) =>
    events.map((event) =>
      event.type === 'frame' ? event.payload : event.type === 'frames-unwatched' ? event.reason : '',
    );

  it('go by after the first few, are counted, and are told again once somebody looks', () => {
    const { events } = watched(many, { unwatchedFrames: 3, looking: (at) => at >= 18 });
    expect(told(events)).toEqual([
      ...['m0', 'm1', 'm2'],
      'client-to-gateway: 15 frames went by while nobody watched.',
      ...['m18', 'm19'],
    ]);
  });

  it('are counted at the end of the connection, and a Close frame is told all the same', () => {
    const code = Buffer.from([0x0f, 0xa1]);
    const { events, closes, decoder } = watched([...many, { opcode: 8, payload: code }], {
      unwatchedFrames: 1,
      looking: () => false,
    });
    expect(closes).toEqual([{ code: 4001, reason: '' }]);
    expect(told(events)).toEqual(['m0', 'client-to-gateway: 19 frames went by while nobody watched.', '']);
    decoder.end();
    expect(events).toHaveLength(3);
    expect(decoder.atBoundary()).toBe(true);
  });

  it('keep the place: a compressed message that began unwatched is not shown as text', () => {
    const { events } = watched(
      [
        { fin: false, rsv: 4, payload: text('secret') },
        { fin: true, opcode: 0, payload: text('rest') },
      ],
      { compression: true, looking: (at) => at >= 1 },
    );
    expect(told(events)).toEqual(['client-to-gateway: 1 frames went by while nobody watched.', '']);
  });
});
