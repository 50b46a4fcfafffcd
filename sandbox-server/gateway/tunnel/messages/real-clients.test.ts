import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { closeEcho, leave, openEcho } from '../../assembly/echo-target.fixture.ts';

afterEach(closeEcho);

interface Sent {
  binary: boolean;
  data: Buffer;
  /** Where `ws` cuts the message into frames, and whether a ping goes in between. */
  cuts: number[];
  ping: boolean;
}

const anySize = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 2_000 }) },
  { weight: 2, arbitrary: fc.constantFrom(125, 126, 65_535, 65_536, 200_000) },
  { weight: 1, arbitrary: fc.constant(1_048_576) },
);
const anySent: fc.Arbitrary<Sent> = fc
  .record({
    binary: fc.boolean(),
    size: anySize,
    cuts: fc.array(fc.nat(), { maxLength: 3 }),
    ping: fc.boolean(),
  })
  .map(({ binary, size, cuts, ping }) => {
    const data = binary
      ? randomBytes(size)
      : Buffer.from(
          randomBytes(Math.ceil(size / 2))
            .toString('hex')
            .slice(0, size),
        );
    return { binary, data, ping, cuts: cuts.map((cut) => cut % (size + 1)).sort((a, b) => a - b) };
  });

function send(socket: WebSocket, { binary, data, cuts, ping }: Sent): void {
  const starts = [0, ...cuts];
  for (const [i, start] of starts.entries()) {
    const fin = i === starts.length - 1;
    socket.send(data.subarray(start, cuts[i]), { binary, fin });
    if (ping && !fin) socket.ping();
  }
}

it('what a real client says in any fragments comes to a real server and back, through a gateway that reads it', async () => {
  const echo = await openEcho({}, { switches: { messageMaxBytes: 2_000_000 } });
  const { socket, got } = echo;
  await fc.assert(
    fc.asyncProperty(fc.array(anySent, { minLength: 1, maxLength: 6 }), async (sent) => {
      got.length = 0;
      const back: { data: Buffer; binary: boolean }[] = [];
      const all = new Promise<void>((resolve) => {
        socket.on('message', (data: Buffer, binary) => {
          back.push({ data, binary });
          if (back.length === sent.length) resolve();
        });
      });
      for (const each of sent) send(socket, each);
      await all;
      socket.removeAllListeners('message');
      for (const found of [got, back]) {
        expect(found.map(({ binary }) => binary)).toEqual(sent.map(({ binary }) => binary));
        expect(found.every(({ data }, i) => sent[i]?.data.equals(data))).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
  await leave(echo);
});
