// Freed memory is zeroed, and nothing else.
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { zeroFreeMemory } from './clean-heap.ts';
import { loadEngineCode } from './load-source.ts';
import { createGuestMemory } from './memory.ts';
import { loadQuickJs } from './quickjs.ts';

test('what was freed is zeroed, and what is in use is not touched', async () => {
  const { wasm } = await loadEngineCode();
  const guestMemory = createGuestMemory(16);
  const { memory } = guestMemory;
  const { allocator } = await loadQuickJs(wasm, guestMemory);
  const blocks = Array.from({ length: 200 }, () => {
    const size = randomInt(5_000, 60_000);
    const address = allocator._malloc(size);
    new Uint8Array(memory.buffer, address, size).fill(0xa5);
    return { address, size, kept: randomInt(2) === 0 };
  });
  for (const { address, kept } of blocks) if (!kept) allocator._free(address);
  zeroFreeMemory(allocator, memory);

  const count = (address: number, size: number) =>
    new Uint8Array(memory.buffer, address, size).reduce((sum, byte) => sum + (byte === 0xa5 ? 1 : 0), 0);
  const freed = blocks.filter(({ kept }) => !kept);
  for (const { address, size, kept } of blocks) if (kept) expect(count(address, size)).toBe(size);
  const left = freed.reduce((sum, { address, size }) => sum + count(address, size), 0);
  expect(left / freed.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(0.1);
});
