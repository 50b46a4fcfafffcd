// The guest's memory: bounded by WebAssembly itself, counted when it was not enough, and put back as it was before each run.

/** Bytes of a page as the image keeps it; finer than WebAssembly's, as most pages are empty. */
const PAGE = 4096;
const WASM_PAGE = 65_536;
/** What the QuickJS module declares as its initial memory. */
const INITIAL_PAGES = 256;

export interface GuestMemory {
  memory: WebAssembly.Memory;
  /** Whether the guest asked for more than there is since the last `restore`. */
  readonly exhausted: boolean;
  /** Whether the guest made the memory larger than it was at first: it cannot shrink, only be replaced. */
  readonly grown: boolean;
}

/** quickjs-emscripten's own memory limit does not hold by itself (measured); the maximum of a WebAssembly.Memory does. */
export function createGuestMemory(maxMib: number): GuestMemory {
  const maximum = Math.max(INITIAL_PAGES, (maxMib * 1024 * 1024) / WASM_PAGE);
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
  const grow = memory.grow.bind(memory);
  let exhausted = false;
  memory.grow = (pages) => {
    try {
      return grow(pages);
    } catch (error) {
      exhausted = true;
      throw error;
    }
  };
  return {
    memory,
    get exhausted() {
      return exhausted;
    },
    get grown() {
      return memory.buffer.byteLength > INITIAL_PAGES * WASM_PAGE;
    },
  };
}

export interface MemoryImage {
  /** Puts every byte back that was there when the image was taken. */
  restore(): void;
  readonly bytes: number;
}

/** Copies of all stretches of pages that hold anything but zeros. */
export function copyUsedPages(
  memory: WebAssembly.Memory,
): { offset: number; bytes: Uint8Array<ArrayBuffer> }[] {
  const now = new Uint8Array(memory.buffer);
  const runs: { offset: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
  for (let offset = 0; offset < now.length; ) {
    let end = offset;
    while (end < now.length && !EMPTY.equals(now.subarray(end, end + PAGE))) end += PAGE;
    if (end > offset) runs.push({ offset, bytes: now.slice(offset, end) });
    offset = end + PAGE;
  }
  return runs;
}

const EMPTY = Buffer.alloc(PAGE);

/**
 * Keeps the pages that hold anything. Restoring them is a new context for the price of a copy: the heap, its allocator and
 * every object in it are as they were. What lies above them is free to the allocator, which never reads before it writes.
 */
export function takeImage(memory: WebAssembly.Memory): MemoryImage {
  const runs = copyUsedPages(memory);
  return {
    bytes: runs.reduce((sum, run) => sum + run.bytes.length, 0),
    restore() {
      const target = new Uint8Array(memory.buffer);
      for (const { offset, bytes } of runs) target.set(bytes, offset);
    },
  };
}
