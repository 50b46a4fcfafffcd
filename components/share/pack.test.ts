import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { pack, unpack } from './pack.ts';

test('what was packed comes out as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 2_000 }), async (text) => {
      expect(await unpack(await pack(text), 100_000)).toBe(text);
    }),
  );
});

test('as much as may come out does, and one byte more does not', async () => {
  const packed = await pack('ä'.repeat(500));
  expect(await unpack(packed, 1_000)).toBe('ä'.repeat(500));
  await expect(unpack(packed, 999)).rejects.toThrow('999');
});

test('of what never ends no more is taken than the bound and a piece', async () => {
  let pieces = 0;
  let cancelled = false;
  vi.stubGlobal(
    'DecompressionStream',
    class {
      writable = new WritableStream();
      readable = new ReadableStream({
        pull(controller) {
          pieces += 1;
          controller.enqueue(new Uint8Array(1_000));
        },
        cancel() {
          cancelled = true;
        },
      });
    },
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  await expect(unpack('AA', 100_000)).rejects.toThrow('100000');
  expect(cancelled).toBe(true);
  expect(pieces).toBeLessThan(110);
});
