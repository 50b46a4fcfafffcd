// An image gives every byte back, and costs a worker next to nothing where all guests are alike.
import { randomBytes, randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { zeroFreeMemory } from './clean-heap.ts';
import { createGuest } from './guest.ts';
import { loadEngineCode } from './load-source.ts';
import { copyToCommonImage, createGuestMemory, takeImage } from './memory.ts';
import { loadQuickJs } from './quickjs.ts';

const PAGE = 4096;

/** A memory with some random stretches. */
function filled() {
  const { memory } = createGuestMemory(16);
  const bytes = Buffer.from(memory.buffer);
  for (let i = 0; i < 20; i += 1) {
    const stretch = randomBytes(randomInt(1, 3 * PAGE));
    stretch.copy(bytes, randomInt(0, 4 * 1024 * 1024));
  }
  return { memory, bytes };
}

describe('an image', () => {
  test.each(['alone', 'with a common one'])('gives back what was there, %s', (how) => {
    const { memory, bytes } = filled();
    const common = copyToCommonImage(memory);
    // This guest differs from the common one: in a page that holds something there, and in one that does not.
    bytes.fill(0xa5, 8 * PAGE, 8 * PAGE + 100);
    bytes.fill(0x5a, 2000 * PAGE, 2000 * PAGE + 100);
    const before = Buffer.from(bytes);
    const image = how === 'alone' ? takeImage(memory) : takeImage(memory, common);
    bytes.fill(0xff, 0, 5 * 1024 * 1024);
    bytes.fill(0xff, 2000 * PAGE, 2001 * PAGE);
    image.restore();
    for (let at = 0; at < before.length; at += PAGE) {
      const page = before.subarray(at, at + PAGE);
      // Pages that were empty are free to the allocator, and not put back.
      if (page.some((byte) => byte !== 0)) expect(bytes.subarray(at, at + PAGE).equals(page)).toBe(true);
    }
    if (how !== 'alone') expect(image.ownBytes).toBe(2 * PAGE);
  });
});

test('a guest that was made of a ready one holds what it holds, and is as ready', async () => {
  const { wasm, ready } = await loadEngineCode();
  const guest = await createGuest({ wasm, code: ready, memoryMib: 64 });
  const { image, addresses } = guest.ready();
  expect(addresses).toEqual(ready.addresses);
  expect(Buffer.compare(Buffer.from(image.buffer), Buffer.from(ready.image.buffer))).toBe(0);
});

test('a guest that was started anew is like the ready one but for a page or two', async () => {
  const { wasm, guestCode, ready } = await loadEngineCode();
  const guest = await createGuest({ wasm, code: guestCode, memoryMib: 64 });
  const { image: other, addresses } = guest.ready();
  expect(addresses).toEqual(ready.addresses);
  expect(other.length).toBe(ready.image.length);
  let different = 0;
  for (let at = 0; at < other.length; at += PAGE)
    if (Buffer.compare(ready.image.subarray(at, at + PAGE), other.subarray(at, at + PAGE)) !== 0)
      different += 1;
  expect(different).toBeLessThanOrEqual(2);
});

test('a guest that starts otherwise does not become the ready one', async () => {
  const { wasm, ready } = await loadEngineCode();
  const elsewhere = { ...ready, addresses: { ...ready.addresses, hostCall: ready.addresses.hostCall + 8 } };
  await expect(createGuest({ wasm, code: elsewhere, memoryMib: 64 })).rejects.toThrow(/did not start/);
});

test('what was freed is zeroed, and what is in use is not touched', async () => {
  const { wasm } = await loadEngineCode();
  const { memory } = createGuestMemory(16);
  const { allocator } = await loadQuickJs(wasm, memory);
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
