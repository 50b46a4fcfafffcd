import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GatewayEvent } from '../gateway/events.ts';
import { createKeptEvents } from './kept-events.ts';

const any = (id: number) => ({ id, at: '', connection: `c${id}` });
const frame = (id: number, payload = ''): GatewayEvent => ({
  ...any(id),
  type: 'frame',
  direction: 'client-to-gateway',
  fin: true,
  rsv: 0,
  opcode: 1,
  masked: true,
  length: 0,
  payload,
  payloadTruncated: false,
  closeCode: null,
});
const began = (id: number, api = ''): GatewayEvent => ({ ...any(id), type: 'api-removed', api });
const idsOf = (events: GatewayEvent[]) => events.map(({ id }) => id);

test('thousands of frames push out frames, not how the connections began', () => {
  const kept = createKeptEvents({ events: 100, bytes: 1_000_000 });
  const beginnings = randomInt(1, 80);
  const frames = randomInt(200, 2_000);
  for (let id = 1; id <= beginnings; id += 1) kept.add(began(id));
  for (let id = beginnings + 1; id <= beginnings + frames; id += 1) kept.add(frame(id));
  const ids = idsOf(kept.list());
  expect(ids).toHaveLength(100);
  expect(ids.slice(0, beginnings)).toEqual(Array.from({ length: beginnings }, (_, i) => i + 1));
  expect(ids.at(-1)).toBe(beginnings + frames);
});

test('however many connections begin, a fifth of the places is left to the newest frames', () => {
  const kept = createKeptEvents({ events: 100, bytes: 1_000_000 });
  for (let id = 1; id <= 30; id += 1) kept.add(frame(id));
  for (let id = 31; id <= 500; id += 1) kept.add(began(id));
  const ids = idsOf(kept.list());
  expect(ids.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => i + 11));
  expect(ids.slice(20)).toEqual(Array.from({ length: 80 }, (_, i) => i + 421));
});

test('whatever comes, both bounds hold, the order is that of the ids, and the newest is there', () => {
  const event = fc.record({ isFrame: fc.boolean(), size: fc.nat(900) });
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 30 }),
      (all, most) => {
        const kept = createKeptEvents({ events: most, bytes: 2_000 });
        for (const [id, { isFrame, size }] of all.entries()) {
          const text = 'x'.repeat(size);
          kept.add(isFrame ? frame(id, text) : began(id, text));
          const ids = idsOf(kept.list());
          expect(ids.at(-1)).toBe(id);
          expect(ids.length).toBeLessThanOrEqual(most);
          expect(ids.toSorted((a, b) => a - b)).toEqual(ids);
          expect(ids.length === 1 || JSON.stringify(kept.list()).length < 4_000).toBe(true);
        }
      },
    ),
  );
});
