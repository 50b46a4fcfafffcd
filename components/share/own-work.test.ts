import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { canKeep, partsAlike, readOwnWork, writeOwnWork } from './own-work.ts';
import { hasOwnWork } from './signs.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const text = fc.string({ unit: 'grapheme', maxLength: 100 });
const request = fc.record({ method: text, path: text, headerLines: text, body: text });
const work = fc.record({ script: text, request, definition: text, server: text }, { requiredKeys: [] });

test('the reader’s own comes back as it was, and is gone when it is forgotten', () => {
  fc.assert(
    fc.property(work, fc.boolean(), (mine, edited) => {
      expect(writeOwnWork({ mine, edited })).toBe(true);
      expect([hasOwnWork(), readOwnWork()]).toEqual([true, { mine, edited }]);
      writeOwnWork(null);
      expect([hasOwnWork(), readOwnWork()]).toEqual([false, null]);
    }),
  );
});

test('a script that is too long to be shared is kept all the same', () => {
  const mine = { script: 'x'.repeat(100_000) };
  writeOwnWork({ mine, edited: false });
  expect(readOwnWork()?.mine).toEqual(mine);
});

test('whether the browser would keep it is tried without a trace', () => {
  writeOwnWork({ mine: { script: randomUUID() }, edited: true });
  const before = new Map(kept);
  expect(canKeep({ mine: { script: 'a' }, edited: false })).toBe(true);
  expect(canKeep({ mine: { script: 'x'.repeat(400_000) }, edited: false })).toBe(false);
  expect(kept).toEqual(before);
  vi.stubGlobal('localStorage', undefined);
  expect(canKeep({ mine: { script: 'a' }, edited: false })).toBe(false);
});

test('only those parts are put aside in whose place others come', () => {
  fc.assert(
    fc.property(fc.record({ script: text, request, definition: text, server: text }), work, (mine, other) => {
      const aside = partsAlike(mine, other);
      expect(Object.keys(aside).sort()).toEqual(Object.keys(other).sort());
      expect({ ...mine, ...other, ...aside }).toEqual(mine);
    }),
  );
});

test('what is damaged is nothing', () => {
  for (const damaged of ['', '{', 'null', '{"mine":5}', '{"mine":{"script":5},"edited":true}']) {
    kept.set('lab.shared.mine.v1', damaged);
    expect(readOwnWork()).toBeNull();
  }
});
