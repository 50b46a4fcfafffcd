// Whatever two endpoints may do to a tunnel, for tests: what each sends and in which pieces, how slowly it reads, who ends first and how.
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect } from 'vitest';
import { fragments, frameBytes } from './frame.fixture.ts';

/** A frame of any opcode, reserved ones too, of sizes to 16 MB; large ones are rare, since each takes its time. */
const anyKind = fc.record({
  fin: fc.boolean(),
  rsv: fc.constantFrom(0, 0, 0, 1, 4),
  opcode: fc.nat(15),
  mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 })),
  // Told by its length and not by its bytes, so that a failure can be read.
  length: fc.oneof(
    { weight: 30, arbitrary: fc.nat(300) },
    { weight: 5, arbitrary: fc.constantFrom(125, 126, 65_535, 65_536, 200_000) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000_000, max: 16_777_216 }) },
  ),
  fill: fc.nat(255),
});

const anySide = fc.record({
  frames: fc.array(anyKind, { maxLength: 5 }),
  cuts: fc.array(fc.nat(), { maxLength: 12 }),
  /** Turns of the event loop that it lets pass before it reads on, after each chunk. */
  slow: fc.constantFrom(0, 0, 1, 20),
});

type AnySide = typeof anySide extends fc.Arbitrary<infer Side> ? Side : never;

export type Side = 'client' | 'target';

export const anyTraffic = fc.record({
  up: anySide,
  down: anySide,
  /** Which side ends first, and how; a reset comes in the middle of what it sends. */
  first: fc.constantFrom<Side>('client', 'target'),
  how: fc.constantFrom('end' as const, 'end' as const, 'reset' as const),
  watched: fc.boolean(),
});

type AnyTraffic = typeof anyTraffic extends fc.Arbitrary<infer Traffic> ? Traffic : never;

/** What a side sends, whole. */
function bytesOf({ frames }: AnySide): Buffer {
  const whole = frames.map(({ length, fill, ...head }) =>
    frameBytes({ ...head, payload: Buffer.alloc(length, Buffer.from([fill, fill ^ 0x5a, 7])) }),
  );
  return Buffer.concat(whole);
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function readAll(stream: Duplex, slow: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    for (let i = 0; i < slow; i += 1) await nextTurn();
  }
  return Buffer.concat(chunks);
}

/** Writes as a network brings it: in packets, at most as fast as they are taken. */
async function send(stream: Duplex, pieces: readonly Buffer[]): Promise<void> {
  for (const packet of pieces.flatMap(packets)) {
    if (stream.destroyed) return;
    if (!stream.write(packet)) await taken(stream);
  }
}

function taken(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      stream.off('drain', goOn).off('close', goOn);
      resolve();
    };
    stream.on('drain', goOn).on('close', goOn);
  });
}

/** As much as a socket reads at once. */
const PACKET_BYTES = 65_536;

function packets(piece: Buffer): Buffer[] {
  const count = Math.ceil(piece.length / PACKET_BYTES);
  return Array.from({ length: count }, (_, i) => piece.subarray(i * PACKET_BYTES, (i + 1) * PACKET_BYTES));
}

/**
 * Has both ends of a connection do all that, and fails where one does not get the very bytes of the other. Gives the number that each sent.
 * `ahead` is what the client has sent already.
 * In the end both are destroyed, also where it fails, so that the next, smaller traffic begins afresh.
 */
export async function drive(
  ends: Record<Side, Duplex>,
  { up, down, first, how }: AnyTraffic,
  reset: (side: Side) => void,
  ahead = Buffer.alloc(0),
): Promise<Record<Side, number>> {
  const own = { client: bytesOf(up), target: bytesOf(down) };
  const sent = { client: Buffer.concat([ahead, own.client]), target: own.target };
  const other = first === 'client' ? 'target' : 'client';
  const got = {
    client: readAll(ends.client, down.slow).catch(() => null),
    target: readAll(ends.target, up.slow).catch(() => null),
  };
  const sending = {
    client: send(ends.client, fragments(own.client, up.cuts)),
    target: send(ends.target, fragments(own.target, down.cuts)),
  };
  try {
    if (how === 'reset') {
      await nextTurn();
      reset(first);
      // The other one feels it, whatever it does.
      await got[other];
    } else {
      await sending[first];
      ends[first].end();
      // Half-closed: what the other says after it has seen the end still arrives.
      expect((await got[other])?.equals(sent[first])).toBe(true);
      await sending[other];
      ends[other].end();
      expect((await got[first])?.equals(sent[other])).toBe(true);
    }
  } finally {
    for (const end of [ends.client, ends.target]) end.destroy();
    await Promise.all([sending.client, sending.target]);
  }
  return { client: sent.client.length, target: sent.target.length };
}

export const openTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** Milliseconds that the test runner's own timers may take to go. */
const PASSING_MS = 20_000;

/** Fails where more timers are open than before; those of the test runner, which shares the process, come and go. */
export async function expectTimers(before: number): Promise<void> {
  const until = performance.now() + PASSING_MS;
  while (openTimers() > before && performance.now() < until) await nextTurn();
  expect(openTimers()).toBeLessThanOrEqual(before);
}

/**
 * So many runs, in bounded time also where one fails: a run that hangs is a failure like any other, and a failure is made smaller as far
 * as the time goes.
 */
export const boundedRuns = (numRuns: number) => ({
  numRuns,
  plugins: [fc.timeout(RUN_MS), fc.interruptAfterTimeLimit(LIMIT_MS)],
});

/** Milliseconds of one run: many times what frames of 16 MB take. */
const RUN_MS = 30_000;
const LIMIT_MS = 60_000;
/** Milliseconds for the runner, which knows no counterexample: beyond what all runs take. */
export const patient = LIMIT_MS + 2 * RUN_MS;
