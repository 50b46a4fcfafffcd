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
  /** Bytes that this image keeps for itself. */
  readonly ownBytes: number;
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
 * @param common pages that another guest of the same source had, from address 0: those that are equal here are not kept twice
 */
export function takeImage(memory: WebAssembly.Memory, common: CommonImage = NOTHING): MemoryImage {
  const now = new Uint8Array(memory.buffer);
  const stretches: { offset: number; end: number; isCommon: boolean }[] = [];
  for (let offset = 0; offset < now.length; offset += PAGE) {
    const page = now.subarray(offset, offset + PAGE);
    if (EMPTY.equals(page)) continue;
    const isCommon = Buffer.compare(page, common.subarray(offset, offset + PAGE)) === 0;
    const last = stretches.at(-1);
    if (last?.end === offset && last.isCommon === isCommon) last.end += PAGE;
    else stretches.push({ offset, end: offset + PAGE, isCommon });
  }
  const runs = stretches.map(({ offset, end, isCommon }) => ({
    offset,
    bytes: isCommon ? common.subarray(offset, end) : now.slice(offset, end),
    isCommon,
  }));
  return {
    ownBytes: runs.reduce((sum, { bytes, isCommon }) => sum + (isCommon ? 0 : bytes.length), 0),
    restore() {
      const target = new Uint8Array(memory.buffer);
      for (const { offset, bytes } of runs) target.set(bytes, offset);
    },
  };
}

/** The memory of a guest from address 0 to its last byte that is not zero, for all threads of the process to read. */
export type CommonImage = Uint8Array<SharedArrayBuffer>;

const NOTHING: CommonImage = new Uint8Array(new SharedArrayBuffer(0));

/** Makes a memory hold what the image holds, page by page, so that pages that are empty in both stay untouched. */
export function putImage(memory: WebAssembly.Memory, image: CommonImage): void {
  const now = new Uint8Array(memory.buffer);
  for (let offset = 0; offset < now.length; offset += PAGE) {
    const page = now.subarray(offset, offset + PAGE);
    const wanted = image.subarray(offset, offset + PAGE);
    if (wanted.length > 0 && !EMPTY.equals(wanted)) page.set(wanted);
    else if (!EMPTY.equals(page)) page.fill(0);
  }
}

export function copyToCommonImage(memory: WebAssembly.Memory): CommonImage {
  const runs = copyUsedPages(memory);
  const end = runs.reduce((last, { offset, bytes }) => Math.max(last, offset + bytes.length), 0);
  const image = new Uint8Array(new SharedArrayBuffer(end));
  for (const { offset, bytes } of runs) image.set(bytes, offset);
  return image;
}
