import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWire } from '../../backend/wire.ts';
import type { GatewayEventBody } from '../events.ts';
import { createHeldBytes } from '../held-bytes.ts';
import { frameBytes } from './frame.fixture.ts';
import { createHopTimes } from './hop-times.ts';
import { openTunnel } from './tunnel.ts';

const frame = (payload: string): GatewayEventBody => ({
  type: 'frame',
  direction: 'client-to-gateway',
  fin: true,
  rsv: 0,
  opcode: 1,
  masked: true,
  length: payload.length,
  payload,
  payloadTruncated: false,
  closeCode: null,
});
const unwatched: GatewayEventBody = { type: 'frames-unwatched', reason: 'x' };

it('a frame is told when its chunk is written, with the time from when it was seen', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 20 }), fc.nat(5_000), (gaps, last) => {
      let clock = 0;
      const told: GatewayEventBody[] = [];
      const hops = createHopTimes(
        (event) => told.push(event),
        () => clock / 1_000,
      );
      const seenAt = gaps.map((gap, i) => {
        clock += gap;
        hops.tell('near', frame(String(i)));
        return clock;
      });
      expect(told).toEqual([]);
      clock += last;
      hops.written('near', false);
      expect(told).toMatchObject(
        seenAt.map((at, i) => ({ payload: String(i), hopMs: (clock - at) / 1_000 })),
      );
    }),
  );
});

it('what a stream inside the process does within the write is none of the time', () => {
  let clock = 1;
  const told: GatewayEventBody[] = [];
  const hops = createHopTimes(
    (event) => told.push(event),
    () => clock,
  );
  hops.tell('near', frame('question'));
  clock += 2;
  hops.handing('near');
  clock += 500;
  hops.tell('far', frame('answer'));
  clock += 3;
  hops.written('far', false);
  hops.written('near', false);
  expect(told).toMatchObject([{ hopMs: 2 }, { hopMs: 3 }]);
});

it('what a target answers within the write comes after the frame that it answers', () => {
  const told: GatewayEventBody[] = [];
  const hops = createHopTimes((event) => told.push(event));
  hops.tell('near', frame('question'));
  hops.tell('far', frame('answer'));
  hops.tell('far', unwatched);
  hops.written('far', true);
  expect(told).toEqual([]);
  hops.written('near', false);
  expect(told).toMatchObject([
    { payload: 'question', hopMs: expect.any(Number) },
    { payload: 'answer', hopMs: null },
    { type: 'frames-unwatched' },
  ]);
});

it('what is no frame is told at once where no frame is under way, and nobody looks at the clock', () => {
  const told: GatewayEventBody[] = [];
  const hops = createHopTimes(
    (event) => told.push(event),
    () => expect.unreachable(),
  );
  hops.handing('near');
  hops.written('near', false);
  hops.tell('near', unwatched);
  expect(told).toEqual([unwatched]);
});

async function opened(timed: boolean, watched: boolean) {
  const [client, near] = createWire();
  const [far, target] = createWire();
  for (const stream of [client, near, far, target]) stream.on('error', () => {});
  const events: GatewayEventBody[] = [];
  const tunnel = openTunnel({
    client: near,
    target: far,
    clientHead: Buffer.alloc(0),
    targetHead: Buffer.alloc(0),
    compression: false,
    endsOnClose: false,
    timed,
    telling: {
      payloadBytes: 10,
      framesPerSecond: 1_000,
      framesUnwatched: 0,
      watched: () => watched,
      takeFrame: () => true,
      emit: (event) => events.push(event),
    },
    held: createHeldBytes(Number.POSITIVE_INFINITY),
    halfCloseMs: 60_000,
    idleMs: 0,
    drainMs: 500,
  });
  const times = () => events.flatMap((event) => (event.type === 'frame' ? [event.hopMs] : []));
  const over = async () => {
    for (const end of [client, target]) end.resume().end();
    await tunnel.closed;
  };
  return { client, target, times, over };
}

const write = (stream: Duplex, bytes: number) =>
  stream.write(
    frameBytes({ fin: true, rsv: 0, opcode: 2, mask: new Uint8Array(4), payload: Buffer.alloc(bytes) }),
  );

it('a tunnel that is watched times both ways, and one that reads slowly is told as such', async () => {
  const { client, target, times, over } = await opened(true, true);
  target.once('data', () => write(target, 1));
  write(client, 1);
  await once(client, 'data');
  expect(times()).toEqual([expect.any(Number), expect.any(Number)]);
  target.pause();
  while (!times().includes(null)) {
    write(client, 20_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await over();
});

it.each([
  ['reads messages, and so has a frame for each hop', false, true, [undefined]],
  ['nobody watches', true, false, []],
])('a tunnel that %s tells no times', async (_, timed, watched, expected) => {
  const { client, target, times, over } = await opened(timed, watched);
  const got = once(target, 'data');
  write(client, 1);
  await got;
  expect(times()).toEqual(expected);
  await over();
});
