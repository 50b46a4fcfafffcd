import { describe, expect, it } from 'vitest';
import type { GatewayEventBody } from '../events.ts';
import { frameBytes, type TestFrame } from './frame.fixture.ts';
import { type CloseFrame, watchFrames } from './watch.ts';

function watched(
  frames: Partial<TestFrame>[],
  { compression = false, payloadBytes = 100, framesPerSecond = 1_000 } = {},
) {
  const events: GatewayEventBody[] = [];
  const closes: CloseFrame[] = [];
  const decoder = watchFrames({
    compression,
    payloadBytes,
    framesPerSecond,
    direction: 'client-to-gateway',
    emit: (event) => events.push(event),
    onClose: (close) => closes.push(close),
  });
  for (const frame of frames)
    decoder.push(
      frameBytes({ fin: true, rsv: 0, opcode: 1, mask: null, payload: new Uint8Array(), ...frame }),
    );
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
