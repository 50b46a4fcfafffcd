// Zeroes what the guest's allocator has free: what compiling the lab's code left behind is no part of the image of its memory.

/** The two functions of the QuickJS module's own C library. Addresses are offsets into its memory; 0 from `_malloc` is none. */
export interface Allocator {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** From large to small, so that holes are filled with few blocks, whose headers stay behind. */
const SIZES = [512, 128, 32, 8, 2].map((kib) => kib * 1024);

/**
 * Takes every hole of at least 2 KiB below the highest address in use, zeroes it, and gives it back.
 * The allocator does not count on it: what `malloc` gives is undefined (C17 §7.22.3.4).
 */
export function zeroFreeMemory(allocator: Allocator, memory: WebAssembly.Memory): void {
  const top = highestByte(memory);
  const taken: number[] = [];
  for (const size of SIZES) {
    for (;;) {
      const address = allocator._malloc(size);
      if (address === 0) break;
      taken.push(address);
      if (address + size > top) break;
      new Uint8Array(memory.buffer, address, size).fill(0);
    }
  }
  for (const address of taken) allocator._free(address);
}

/** The address after the last byte that is not zero. */
function highestByte(memory: WebAssembly.Memory): number {
  const words = new Uint32Array(memory.buffer);
  let at = words.length;
  while (at > 0 && words[at - 1] === 0) at -= 1;
  return at * 4;
}
